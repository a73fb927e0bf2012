using ChatGovernance.Sandbox.Hosting;

return await SandboxCommand.Run(args);
