using System.Reflection;
using ChatGovernance.Bot.Hosting;
using ChatGovernance.Infrastructure.Observability;

namespace ChatGovernance.Bot.Tests.Hosting;

public sealed class LogTests
{
    [Fact]
    public void A_line_of_the_log_is_known_by_its_class_and_number()
    {
        var lines = ((Assembly[])[typeof(BotHost).Assembly, typeof(Traces).Assembly]).SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            .Select(method => (method.DeclaringType, Line: method.GetCustomAttribute<LoggerMessageAttribute>())).Where(one => one.Line is not null)
            .Select(one => (one.DeclaringType, one.Line!.EventId)).ToList();

        lines.Count.ShouldBeGreaterThan(10);
        lines.ShouldBeUnique();
        lines.ShouldAllBe(line => line.EventId > 0);
    }
}
