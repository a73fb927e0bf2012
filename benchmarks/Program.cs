using ChatGovernance.Benchmarks;

return await BenchmarkCommand.Run(args);
