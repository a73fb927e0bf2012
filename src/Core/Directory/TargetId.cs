namespace ChatGovernance.Core.Directory;

public enum TargetKind
{
    Group,
    RealmRole,
    ClientRole,
}

/// <summary>What can be asked for, by its immutable id in the directory.</summary>
public readonly record struct TargetId(TargetKind Kind, string Id)
{
    /// <summary><c>group:ID</c>, <c>realm-role:ID</c> or <c>client-role:ID</c>: in forms, rows and the audit.</summary>
    public override string ToString() => Kind switch
    {
        TargetKind.Group => $"group:{Id}",
        TargetKind.RealmRole => $"realm-role:{Id}",
        TargetKind.ClientRole => $"client-role:{Id}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static bool TryParse(string? text, out TargetId target)
    {
        target = default;
        if (text?.Split(':', 2) is not [var kind, { Length: > 0 and <= 100 } id] || !IsOpaque(id))
            return false;

        TargetKind? known = kind switch
        {
            "group" => TargetKind.Group,
            "realm-role" => TargetKind.RealmRole,
            "client-role" => TargetKind.ClientRole,
            _ => null,
        };
        if (known is null)
            return false;

        target = new TargetId(known.Value, id);
        return true;
    }

    // The id becomes a part of a path: what could lead elsewhere (/, .., ?) is no id of the directory's.
    private static bool IsOpaque(string id) => id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
