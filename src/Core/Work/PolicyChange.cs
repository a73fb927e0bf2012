namespace ChatGovernance.Core.Work;

/// <summary>The text of the policy file that holds from now on; a conflict where another one has held than the one it takes the place of.</summary>
/// <param name="Before">Empty: none.</param>
/// <param name="Text">Empty: none from now on.</param>
public sealed record PolicyChange(string Before, string Text);
