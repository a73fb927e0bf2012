using ChatGovernance.Core.People;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class SavedMatches
{
    public static async Task Save(GovernanceContext db, IReadOnlyList<Match> matches, CancellationToken ct)
    {
        foreach (var match in matches.OrderBy(match => match.Account.ToString(), StringComparer.Ordinal).ThenBy(match => match.Person.Id.Value, StringComparer.Ordinal))
        {
            await db.Execute(
                """
                INSERT INTO matches (account, person, person_name, proof, at) VALUES ({0}, {1}, {2}, {3}, {4})
                ON CONFLICT (account, person) DO UPDATE SET person_name = excluded.person_name, proof = excluded.proof, at = excluded.at
                """,
                [match.Account.ToString(), match.Person.Id.Value, match.Person.Name, match.Proof, match.At.UtcTicks],
                ct);
        }
    }
}
