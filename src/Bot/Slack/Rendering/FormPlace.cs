using ChatGovernance.Bot.Slack.Ingress;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Bot.Slack.Rendering;

/// <summary>A form's id and purpose, carried by a modal: the purpose in <c>callback_id</c>, ids in <c>private_metadata</c>.</summary>
internal sealed record FormPlace(FormId Id, FormPurpose Purpose)
{
    private const string Ask = "ask";
    private const string Deny = "deny";

    public string CallbackId => Purpose switch
    {
        FormPurpose.Ask => Ask,
        FormPurpose.Deny => Deny,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public string PrivateMetadata => Purpose switch
    {
        FormPurpose.Deny deny => $"{Id} {deny.Request}",
        _ => Id.ToString(),
    };

    /// <summary>Null: no modal of ours carries this.</summary>
    public static FormPlace? Read(ViewPayload view) => (view.CallbackId, view.PrivateMetadata?.Split(' ')) switch
    {
        (Ask, [var form]) when FormId.TryParse(form, out var id) => new FormPlace(id, new FormPurpose.Ask()),
        (Deny, [var form, var request]) when FormId.TryParse(form, out var id) && RequestId.TryParse(request, out var denied) =>
            new FormPlace(id, new FormPurpose.Deny(denied)),
        _ => null,
    };
}
