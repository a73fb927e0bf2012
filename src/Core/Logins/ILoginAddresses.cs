namespace ChatGovernance.Core.Logins;

/// <summary>Makes the address of a page of ours. It can be made again for the same login by any replica, and from no row.</summary>
public interface ILoginAddresses
{
    /// <summary>Where an account is connected. Null: people cannot log in here.</summary>
    Uri? OfLink(LoginId login);

    /// <summary>Where a decision is confirmed. Null: people cannot log in here.</summary>
    Uri? OfConfirmation(LoginId login);
}
