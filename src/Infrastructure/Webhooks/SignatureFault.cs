namespace ChatGovernance.Infrastructure.Webhooks;

/// <summary>Why a signature is not believed.</summary>
public enum SignatureFault
{
    /// <summary>No signature or no timestamp that could be one.</summary>
    NotSigned,

    Forged,

    OutsideWindow,
}
