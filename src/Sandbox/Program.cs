using ChatGovernance.Sandbox.Hosting;

return await SandboxCommand.Create().Parse(args).InvokeAsync();
