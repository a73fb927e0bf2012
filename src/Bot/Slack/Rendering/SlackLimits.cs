namespace ChatGovernance.Bot.Slack.Rendering;

/// <summary>What Slack accepts at most; lengths are counted in UTF-16 units after <c>&amp; &lt; &gt;</c> were escaped.</summary>
internal static class SlackLimits
{
    // https://docs.slack.dev/reference/block-kit/blocks
    public const int BlocksInMessage = 50;
    public const int BlocksInView = 100;

    // https://docs.slack.dev/reference/block-kit/blocks/header-block
    public const int Header = 150;

    // https://docs.slack.dev/reference/block-kit/blocks/section-block
    public const int Section = 3000;
    public const int Fields = 10;
    public const int Field = 2000;

    // https://docs.slack.dev/reference/block-kit/composition-objects/text-object
    public const int Context = 3000;

    // https://docs.slack.dev/reference/block-kit/blocks/actions-block
    public const int Actions = 25;

    // https://docs.slack.dev/reference/block-kit/block-elements/button-element
    public const int ButtonText = 75;

    // https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
    public const int ConfirmTitle = 100;
    public const int ConfirmText = 300;
    public const int ConfirmButton = 30;

    // https://docs.slack.dev/reference/block-kit/blocks/input-block
    public const int Label = 2000;
    public const int Hint = 2000;

    // https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
    public const int SelectOptions = 100;
    public const int Placeholder = 150;

    // https://docs.slack.dev/reference/block-kit/composition-objects/option-object
    public const int OptionText = 75;

    // https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
    public const int TextInput = 3000;

    // https://docs.slack.dev/reference/views/modal-views
    public const int ViewTitle = 24;
    public const int ViewButton = 24;

    // https://docs.slack.dev/reference/methods/chat.update#errors (msg_too_long)
    public const int MessageText = 4000;
}
