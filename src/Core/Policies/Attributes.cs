namespace ChatGovernance.Core.Policies;

/// <summary>Names of the attributes that a group or role carries.</summary>
public static class Attributes
{
    public const string Requestable = "requestable";
    public const string ApproverGroup = "approver-group";
    public const string SecondApproverGroup = "approver-group-2";
    public const string ThirdApproverGroup = "approver-group-3";
    public const string ApproverChannel = "approver-channel";
    public const string Approvals = "approvals";
    public const string EscalationGroup = "escalation-group";
    public const string EscalateAfter = "escalate-after";
    public const string Excludes = "excludes";
    public const string AutoApproveGroup = "auto-approve-group";
    public const string BreakGlassGroup = "break-glass-group";
    public const string BreakGlassConfirm = "break-glass-confirm";
    public const string Description = "description";
    public const string EligibleGroup = "eligible-group";
    public const string MaxDuration = "max-duration";
    public const string DefaultDuration = "default-duration";
    public const string Permanent = "permanent";
    public const string PendingTtl = "pending-ttl";
    public const string JustificationPattern = "justification-pattern";
    public const string Risk = "risk";
    public const string TicketPattern = "ticket-pattern";
}
