using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Offers;

/// <summary>Somebody was not let in to a client for lack of roles or groups, as an event that the directory stored says.</summary>
/// <param name="Client">Its clientId.</param>
/// <param name="ClientName">As people know it.</param>
/// <param name="Needs">All of them must be met; none: nothing that somebody could be given would do, the client's policy needs mending.</param>
/// <param name="Wanted">They pressed for access on the page that denied it.</param>
public sealed record DeniedLogin(string EventId, PersonId Person, string Client, string ClientName, IReadOnlyList<LoginNeed> Needs, bool Wanted, DateTimeOffset At);

/// <summary>One of these would do.</summary>
/// <param name="Roles">A realm role by its name, a client role as <c>clientId/role</c>.</param>
/// <param name="Groups">Paths: membership of one, or of a group below it.</param>
public sealed record LoginNeed(IReadOnlyList<string> Roles, IReadOnlyList<string> Groups);

/// <summary>Denials of one reading, oldest first.</summary>
/// <param name="Through">Null: all there were. Else the instant of the last one that was read: from there on there are more.</param>
public sealed record DeniedLogins(IReadOnlyList<DeniedLogin> Denials, DateTimeOffset? Through);
