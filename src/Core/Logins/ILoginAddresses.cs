namespace ChatGovernance.Core.Logins;

/// <summary>Makes the address of a page of ours. It can be made again for the same login by any replica, and from no row.</summary>
public interface ILoginAddresses
{
    /// <summary>Null: people cannot log in here.</summary>
    Uri? Of(LoginId login);
}
