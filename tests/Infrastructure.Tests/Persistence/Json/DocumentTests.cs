using System.Text.Json;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Infrastructure.Persistence.Json;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Infrastructure.Tests.Persistence.Json;

/// <summary>Everything that rows hold as JSON, found from the documents: a type that is added later is tested from the start.</summary>
public sealed class DocumentTests
{
    private static readonly Type[] documents = [typeof(RequestDocument), typeof(GrantDocument), typeof(NoteDocument), typeof(VoteState), typeof(Retry), typeof(LoginDocument), typeof(LoginChangeDocument), typeof(KnownLoginPolicy)];

    private static readonly HashSet<Type> stored = Reachable();

    public static TheoryData<Type, Type> Members =>
        [.. stored.SelectMany(family => ClosedFamilies.MembersOf(family).Select(member => new TheoryDataRow<Type, Type>(family, member)))];

    public static TheoryData<Type> Documents => [.. documents.Where(type => !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(Members))]
    public void Every_member_of_every_family_comes_back_as_it_was_written(Type family, Type member) => ShouldComeBack(family, new Example().Of(member));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_document_comes_back_as_it_was_written(Type document) => ShouldComeBack(document, new Example().Of(document));

    [Fact]
    public void Members_keep_the_names_that_rows_know_them_by() =>
        string.Join('\n', stored.Where(family => ClosedFamilies.MembersOf(family).Count > 0).OrderBy(family => family.Name, StringComparer.Ordinal)
                .Select(family => $"{family.Name}: {string.Join(' ', ClosedFamilies.MembersOf(family).Select(ClosedFamilies.NameOf).Order(StringComparer.Ordinal))}"))
            .ShouldBe(
                """
                AccessLength: for window without-end
                Audience: audit-channel channel person
                ChatIntent: answer approve ask ask-offered cancel confirm confirm-login-policy deny extend log-in nudge question reject-login-policy return revoke shorten
                FactValue: instant words
                GrantBasis: break-glass decision rule
                GrantFailure: not-allowed out-of-time
                GrantState: active ended ending failed started waiting
                LoginChangeState: confirmed made proposed rejected void
                LoginPurpose: confirm link
                LoginState: begun done logged-in offered void
                Refusal: administrative already-answered already-decided already-open already-voted chat-account-not-served directory-away-too-long emergency-denied emergency-of-others end-required enough-asked enough-for-others excluded grant-over impossible-value login-needed long-enough no-longer-an-approver no-longer-by-rule nobody-may-decide nobody-reachable not-a-human not-an-approver not-checked-in-time not-confirmed not-eligible not-for-emergencies not-for-them not-linked not-offered not-on-behalf not-one-for-emergencies not-one-held not-ready not-staff not-yours nothing-to-extend own-request person-disabled person-gone quorum-out-of-reach reason-does-not-match reason-too-long reason-too-short several-people several-people-named several-targets target-gone ticket-does-not-match ticket-missing too-late too-long too-many-at-once too-soon unknown-bundle unknown-question unknown-request unknown-target unusable
                RequestState: approved cancelled denied lapsed pending received refused
                VoteState: cast counted dropped unconfirmed
                """);

    [Fact]
    public void A_state_is_told_by_its_kind() =>
        Infrastructure.Persistence.Json.Documents.Write<AccessLength>(new AccessLength.For(TimeSpan.FromHours(8))).ShouldBe("""{"kind":"for","length":"08:00:00"}""");

    [Fact]
    public void A_kind_that_nobody_knows_is_an_error() =>
        Should.Throw<JsonException>(() => Infrastructure.Persistence.Json.Documents.Read<AccessLength>("""{"kind":"until-doomsday"}"""));

    private static void ShouldComeBack(Type type, object value)
    {
        var json = JsonSerializer.Serialize(value, type, Infrastructure.Persistence.Json.Documents.Options);
        var back = JsonSerializer.Deserialize(json, type, Infrastructure.Persistence.Json.Documents.Options);

        Structure.Of(back).ShouldBe(Structure.Of(value));
    }

    private static HashSet<Type> Reachable(HashSet<Type>? seen = null, IEnumerable<Type>? from = null)
    {
        seen ??= [];
        foreach (var type in from ?? documents)
        {
            var inner = Nullable.GetUnderlyingType(type) ?? (type.IsGenericType ? type.GetGenericArguments()[0] : type);
            if (inner.Namespace?.StartsWith("ChatGovernance", StringComparison.Ordinal) != true || !seen.Add(inner))
                continue;
            Reachable(seen, ClosedFamilies.MembersOf(inner));
            Reachable(seen, inner.GetProperties().Where(property => property.CanWrite).Select(property => property.PropertyType));
        }

        return seen;
    }
}
