using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Hosting;

/// <summary>The demo realm on a real Keycloak.</summary>
internal static class DemoRealm
{
    /// <summary>Imports the realm file under the name that was asked for; a realm that is there is left as it is.</summary>
    /// <exception cref="SandboxException">The server refuses, or cannot be reached.</exception>
    public static async Task CreateWhereMissing(SandboxSettings settings, string realmFile, CancellationToken ct)
    {
        Uri keycloak = settings.Keycloak!;
        using var http = new HttpClient(new SocketsHttpHandler());
        try
        {
            string token = await AdminToken.ByPassword(http, keycloak, settings.Admin!, settings.AdminPassword ?? "", ct);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using HttpResponseMessage there = await http.GetAsync(AdminToken.At(keycloak, $"admin/realms/{Uri.EscapeDataString(settings.Realm)}"), ct);
            if (there.StatusCode != HttpStatusCode.NotFound) return;
            JsonObject realm = JsonNode.Parse(realmFile)!.AsObject();
            realm["realm"] = settings.Realm;
            using var content = new StringContent(realm.ToJsonString(), Encoding.UTF8, "application/json");
            using HttpResponseMessage made = await http.PostAsync(AdminToken.At(keycloak, "admin/realms"), content, ct);
            if (!made.IsSuccessStatusCode)
                throw new SandboxException($"Keycloak does not create the realm {settings.Realm}: {(int)made.StatusCode} {await made.Content.ReadAsStringAsync(ct)}");
        }
        catch (HttpRequestException problem)
        {
            throw new SandboxException($"Keycloak at {keycloak} cannot be reached: {problem.Message}", problem);
        }
    }
}
