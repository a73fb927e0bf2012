namespace ChatGovernance.Sandbox.Slack.Blocks;

/// <summary>
/// What Slack accepts at most. Lengths are UTF-16 units after <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> were escaped
/// (see <see cref="SlackText.Length"/>).
/// </summary>
public static class BlockKitLimits
{
    // https://docs.slack.dev/reference/block-kit/blocks
    public const int BlocksPerMessage = 50;
    public const int BlocksPerView = 100;
    public const int BlockId = 255;

    // https://docs.slack.dev/reference/block-kit/blocks/section-block
    public const int SectionText = 3000;
    public const int SectionFields = 10;
    public const int SectionField = 2000;

    // https://docs.slack.dev/reference/block-kit/blocks/header-block
    public const int HeaderText = 150;

    // https://docs.slack.dev/reference/block-kit/blocks/context-block
    public const int ContextElements = 10;

    // https://docs.slack.dev/reference/block-kit/composition-objects/text-object
    public const int Text = 3000;

    // https://docs.slack.dev/reference/block-kit/blocks/actions-block
    public const int ActionsElements = 25;

    // https://docs.slack.dev/reference/block-kit/blocks/image-block
    public const int ImageUrl = 3000;
    public const int ImageAltText = 2000;
    public const int ImageTitle = 2000;

    // https://docs.slack.dev/reference/block-kit/blocks/input-block
    public const int InputLabel = 2000;
    public const int InputHint = 2000;

    // https://docs.slack.dev/reference/block-kit/block-elements/button-element
    public const int ActionId = 255;
    public const int ButtonText = 75;
    public const int ButtonValue = 2000;
    public const int ButtonUrl = 3000;
    public const int AccessibilityLabel = 75;

    // https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
    public const int SelectOptions = 100;
    public const int Placeholder = 150;

    // The query that starts a search, unless min_query_length says otherwise; same page, external_select.
    public const int MinQueryLength = 3;

    // https://docs.slack.dev/reference/block-kit/composition-objects/option-object
    public const int OptionText = 75;
    public const int OptionValue = 150;
    public const int OptionDescription = 75;

    // https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element, radio-button-group-element
    public const int ChoiceOptions = 10;

    // https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element
    public const int OverflowOptions = 5;

    // https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
    public const int PlainTextInput = 3000;

    // https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
    public const int ConfirmTitle = 100;
    public const int ConfirmText = 300;
    public const int ConfirmButton = 30;

    // https://docs.slack.dev/reference/views/modal-views
    public const int ViewTitle = 24;
    public const int ViewSubmit = 24;
    public const int ViewClose = 24;
    public const int PrivateMetadata = 3000;
    public const int CallbackId = 255;
    public const int ExternalId = 255;

    // https://docs.slack.dev/reference/methods/views.open (view_too_large), in bytes of JSON
    public const int ViewBytes = 250 * 1024;

    // https://docs.slack.dev/reference/methods/views.push (push_limit_reached)
    public const int ViewsInStack = 3;

    // https://docs.slack.dev/reference/methods/chat.postMessage (Slack cuts beyond it; here it is refused, so that a cut is seen)
    public const int MessageText = 40_000;

    // https://docs.slack.dev/reference/methods/chat.update (msg_too_long)
    public const int UpdatedText = 4000;
}
