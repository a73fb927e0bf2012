using Microsoft.Playwright;

namespace ChatGovernance.Sandbox.Tests.Browser;

/// <summary>The browser that the machine has. Without one the tests are skipped, and say so.</summary>
internal static class Chromium
{
    private static readonly string[] places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    public static async Task<IBrowser> Launch(IPlaywright playwright)
    {
        var found = Environment.GetEnvironmentVariable("CHROMIUM") ?? places.FirstOrDefault(File.Exists);
        if (found is null)
            Assert.Skip("There is no chromium here: set CHROMIUM to one, or run scripts/test --install.");
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = found,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }
}
