using System.Text.Json;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Teams.Rendering;
using ChatGovernance.Core.Chat;

namespace ChatGovernance.Bot.Teams.Ingress;

/// <summary>What came back with a press: what the button carried and what was entered, one beside the other.</summary>
internal sealed class SentData(JsonElement data)
{
    private static readonly string[] names = [Fields.Target, Fields.Duration, Fields.Justification, Fields.Ticket, Fields.How, Fields.Reason, Fields.Question];

    public string? this[string name]
    {
        get
        {
            try
            {
                return data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            }
            catch (InvalidOperationException)
            {
                return null; // half a surrogate pair: no text
            }
        }
    }

    public string? Verb => this["verb"];

    public string? Value => this["value"];

    public CardName? Card => CardName.Read(this["card"]);

    public string? FormName => this["form"];

    public FormPlace? Form => FormPlace.Read(FormName, this["ids"]);

    public FormInput Input => new(names.Select(name => (Name: name, Value: this[name])).Where(entered => entered.Value is not null).ToDictionary(entered => entered.Name, entered => entered.Value!));
}
