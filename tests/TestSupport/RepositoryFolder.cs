namespace ChatGovernance.TestSupport;

/// <summary>The checkout the running tests were built from.</summary>
public static class RepositoryFolder
{
    private const string Marker = "ChatGovernance.sln";

    /// <summary>Absolute path of the folder that holds the solution.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests run outside a checkout.</exception>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Marker)))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds {Marker}.");
    }
}
