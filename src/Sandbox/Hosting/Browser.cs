using System.ComponentModel;
using System.Diagnostics;

namespace ChatGovernance.Sandbox.Hosting;

internal static class Browser
{
    /// <summary>Opens the page where there is a screen to open it on; the address was printed in any case.</summary>
    public static void Open(Uri url)
    {
        bool screen = !OperatingSystem.IsLinux()
            || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
        if (!screen) return;
        try
        {
            using Process? opened = Process.Start(new ProcessStartInfo(url.ToString()) { UseShellExecute = true });
        }
        catch (Win32Exception)
        {
            Console.WriteLine($"No browser could be opened; go to {url}");
        }
    }
}
