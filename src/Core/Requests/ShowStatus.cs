using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>Says in a direct message what somebody holds, asked for, and has to decide.</summary>
public sealed class ShowStatus(DrawHome home, ICommits commits)
{
    public async Task<CommitResult> Run(Command.ShowStatus command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var page = await home.Run(command.By, ct);
        return await commits.Commit(new Changes
        {
            Under = lease,
            Release = new Release.Done(),
            Notes =
            [
                new Note
                {
                    Key = $"status:{delivery.Id}",
                    Subject = Subject.Of(command.By),
                    Audience = new Audience.Person(command.By),
                    Message = new ChatMessage { Title = "Your access", Lines = [.. page.Sections.SelectMany(Lines)] },
                },
            ],
        }, ct);
    }

    private static IEnumerable<string> Lines(HomeSection section)
    {
        if (section.Items.Count == 0)
            return [section.IfEmpty];
        return [$"{section.Title}:", .. section.Items.Select(Line), .. section.More > 0 ? [$"… and {section.More} more"] : Array.Empty<string>()];
    }

    private static string Line(HomeItem item) => $"• {item.Title} ({string.Join(", ", item.Facts.Where(fact => fact.Value is FactValue.Words).Select(fact => ((FactValue.Words)fact.Value).Text))})";
}
