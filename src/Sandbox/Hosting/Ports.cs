using System.Net;
using System.Net.Sockets;

namespace ChatGovernance.Sandbox.Hosting;

/// <summary>Ports of 127.0.0.1.</summary>
internal static class Ports
{
    public const int Usual = 8080;

    /// <summary>The usual port, or 0 (any free one) where that is taken.</summary>
    public static int UsualOrAny()
    {
        try
        {
            return Take(Usual);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    public static int Free() => Take(0);

    private static int Take(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
