namespace ChatGovernance.Core.Work;

/// <summary>Says that work of a kind may be waiting. Only a hint: a lost one costs a moment, not the work.</summary>
public interface IWake
{
    void Wake(WorkKind kind);
}
