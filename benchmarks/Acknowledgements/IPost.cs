namespace ChatGovernance.Benchmarks.Acknowledgements;

/// <summary>A call as a platform makes it, as the bytes of an HTTP/1.1 request. Cheap, so that the one who measures does not hold up what it measures.</summary>
internal interface IPost
{
    /// <summary>The next one, which differs from the last as the platform's do; valid until it is called again.</summary>
    ReadOnlyMemory<byte> Next();
}
