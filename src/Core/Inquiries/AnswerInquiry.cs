using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Health;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Policies.Lint;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Inquiries;

/// <summary>
/// Answers a question in a direct message to whoever asked, and to nobody else. Who may ask is read fresh; what cannot be read
/// is not answered. Questions about other people are recorded.
/// </summary>
public sealed class AnswerInquiry(
    Staff staff, Identities identities, FindPerson people, FindTarget targets, ExplainAccess explain, LintCatalog lint, Examine examine, ILoginPolicies logins, IPolicies policies, IOverview overview, ICommits commits, TimeProvider time)
{
    private static readonly Office[] administrators = [Office.Administrator];
    private static readonly Office[] security = [Office.Security];
    private static readonly Office[] both = [Office.Administrator, Office.Security];

    public async Task<CommitResult> Run(Command.Inquire command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var answer = command.What switch
        {
            Inquiry.Doctor => await Ask(command.By, administrators, async _ => new Answer(InquiryMessages.For(await examine.Run(ct), InquiryMessages.ShownInChat)), ct),
            Inquiry.Lint => await Ask(command.By, administrators, async _ => new Answer(InquiryMessages.For(await lint.Run(ct), InquiryMessages.ShownInChat)), ct),
            Inquiry.LoginPolicies shown => await Ask(command.By, administrators, _ => Logins(resolve: true, (guard, wanted) => LoginPolicyMessages.Show(guard, wanted, shown.Client, InquiryMessages.ShownInChat), ct), ct),
            Inquiry.LoginPolicyDiff => await Ask(command.By, administrators, _ => Logins(resolve: false, (guard, wanted) => LoginPolicyMessages.Show(LoginDifference.Between(guard, wanted), wanted.Count, InquiryMessages.ShownInChat), ct), ct),
            Inquiry.Who who => await Ask(command.By, security, _ => Who(who, ct), ct),
            Inquiry.Explain explained => await Explain(command.By, explained, ct),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var now = time.GetUtcNow();
        return await commits.Commit(new Changes
        {
            Under = lease,
            Release = new Release.Done(),
            Notes = [new Note { Key = $"inquiry:{delivery.Id}", Subject = Subject.Of(command.By), Audience = new Audience.Person(command.By), Message = answer.Message }],
            Audit = answer switch
            {
                { Why: { } why } => [InquiryAudit.Refused(command.By, command.What.Name, why, now)],
                { About: { } about } => [InquiryAudit.Answered(command.By, command.What.Name, about, now)],
                _ => [],
            },
        }, ct);
    }

    private async Task<Answer> Ask(ChatAccount by, IReadOnlyList<Office> offices, Func<Person, Task<Answer>> then, CancellationToken ct) => await staff.Admit(by, offices, ct) switch
    {
        Admission.Granted granted => await then(granted.Person),
        Admission.Refused refused => Answer.Refuse(refused.Why),
        Admission.Unknown unknown => Answer.NotNow(unknown.Why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task<Answer> Logins(bool resolve, Func<LoginGuard, IReadOnlyDictionary<string, LoginRules>, ChatMessage> show, CancellationToken ct) => await logins.Read(resolve, ct) switch
    {
        Reading<LoginGuard>.Known { Value: var guard } => new Answer(show(guard, policies.Current.Logins)),
        var unknown => Answer.NotNow(AccessChecks.DoubtOf(unknown)),
    };

    private async Task<Answer> Who(Inquiry.Who who, CancellationToken ct) => await targets.Run(who.Target, beyondMarked: true, ct) switch
    {
        Lookup<NamedTarget>.Found { Value: var target } => new Answer(
            InquiryMessages.Holders(target.Name, await overview.Holders(target.Target, InquiryMessages.ShownInChat + 1, ct), InquiryMessages.ShownInChat))
        {
            About = target.Target,
        },
        var other => Missed(other, "target", who.Target),
    };

    /// <summary>Anybody about themselves; about others those who look after access. Who may not ask learns nothing of who there is.</summary>
    private async Task<Answer> Explain(ChatAccount by, Inquiry.Explain asked, CancellationToken ct)
    {
        switch (await identities.Identify(by, ct))
        {
            case Identification.Refused refused:
                return Answer.Refuse(refused.Why);
            case Identification.Unknown unknown:
                return Answer.NotNow(unknown.Why);
            case Identification.Proved { Person: var asker }:
                var office = await staff.Admit(asker, both, ct);
                var about = await About(by, asker, asked.Person, ct);
                if (about is Lookup<Person>.Found { Value: var self } && self.Id == asker.Id)
                    return await Explain(self, asked.Target, other: false, office is Admission.Granted, ct);
                return (office, about) switch
                {
                    (Admission.Refused refused, _) => Answer.Refuse(refused.Why),
                    (Admission.Unknown unknown, _) => Answer.NotNow(unknown.Why),
                    (_, Lookup<Person>.Found found) => await Explain(found.Value, asked.Target, other: true, beyondMarked: true, ct),
                    _ => Missed(about, "person", asked.Person),
                };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<Lookup<Person>> About(ChatAccount by, Person asker, string text, CancellationToken ct) =>
        string.Equals(text, Inquiry.Self, StringComparison.OrdinalIgnoreCase) || text == by.ToString()
            ? new Lookup<Person>.Found(asker)
            : await people.Run(text, ct);

    private async Task<Answer> Explain(Person person, string text, bool other, bool beyondMarked, CancellationToken ct) => await targets.Run(text, beyondMarked, ct) switch
    {
        Lookup<NamedTarget>.Found found => new Answer(InquiryMessages.For(await explain.Run(person, found.Value, ct))) { About = other ? found.Value.Target : null },
        var missed => Missed(missed, "target", text),
    };

    private static Answer Missed<T>(Lookup<T> lookup, string what, string text) => new(InquiryMessages.Missed(lookup, what, text));

    private sealed record Answer(ChatMessage Message)
    {
        /// <summary>Set where it is refused: recorded.</summary>
        public Refusal? Why { get; init; }

        /// <summary>Set where it tells of other people: recorded.</summary>
        public TargetId? About { get; init; }

        public static Answer Refuse(Refusal why) => new(new ChatMessage { Title = "That was not answered", Lines = [Sentences.For(why)] }) { Why = why };

        public static Answer NotNow(Doubt why) => new(new ChatMessage { Title = "That cannot be answered now", Lines = [Sentences.For(why), "Please ask again later."] });
    }
}
