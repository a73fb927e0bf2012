namespace ChatGovernance.Core;

/// <summary>Where new ids come from: in time order in the running bot, known beforehand in tests.</summary>
public interface IIds
{
    Guid Next();
}
