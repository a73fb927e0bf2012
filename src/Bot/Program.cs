using ChatGovernance.Bot.Cli;

return await CommandLine.Run(args);
