namespace ChatGovernance.Core;

/// <summary>Waits for an answer that is welcome but not needed.</summary>
internal static class Patiently
{
    /// <summary>The answer, or null when it has not come in time. The question itself goes on until its own time-out.</summary>
    public static async Task<T?> Ask<T>(Task<T> question, TimeSpan patience, TimeProvider time, CancellationToken ct)
        where T : class
    {
        try
        {
            return await question.WaitAsync(patience, time, ct);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
