using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Policies;
using ChatGovernance.Infrastructure.Policies;
using ChatGovernance.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace ChatGovernance.Infrastructure.Tests.Policies;

public sealed class PolicyParserTests
{
    private static readonly int Edits = Environment.GetEnvironmentVariable("SCALE") == "full" ? 100_000 : 1000;

    private const string Everything = """
        version: 1
        defaults:
          max-duration: 14d
          default-duration: 4h
          pending-ttl: 2d
          break-glass-confirm: 1h
          approvals: 2
          risk: medium
          approver-channel: "#approvals"
        limits:
          max-duration: 90d
          pending-ttl: 3d
          break-glass-confirm: 2h
          approvals: 2
          risk: low
          justification-pattern: "[A-Z]+-[0-9]+"
          ticket-pattern: ["[A-Z]+-[0-9]+"]
          eligible-group: [/staff]
          excludes: [/frozen, auditor]
          permanent: false
          auto-approval: false
          emergencies: false
        bundles:
          on-call:
            description: The pager
            targets: [/databases/staging, ledger/read]
        logins:
          shop:
            any-of: [curator, ledger/read]
            all-of: staff
            groups: [/museum]
            message: Ask the museum.
        """;

    /// <summary>A text, and what is said of it.</summary>
    public static TheoryData<string, string> Broken => new()
    {
        { "", "The file must hold one mapping" },
        { "- version", "The file must hold one mapping" },
        { "version: 1\n---\nversion: 1", "The file must hold one mapping" },
        { "defaults: {}", "The version is missing: begin with version: 1." },
        { "version: 2", "Line 1: the version must be 1." },
        { "version: 1\nversion: 1", "Line 2: this is no YAML" },
        { "version: 1\ndefaults: ]", "Line 2: this is no YAML" },
        { "version: 1\nlimit: {}", "Line 2: limit is not known here: write version, defaults, limits, bundles or logins." },
        { "version: 1\nlimits: 3", "Line 2: limits must be a mapping." },
        { "version: 1\nlimits:\n  max-duration: soon", "`max-duration` at line 3 is no length of time: write 30m, 8h, 30d or PT8H." },
        { "version: 1\nlimits:\n  max-duration: [1h, 2h]", "Line 3: max-duration must be one text." },
        { "version: 1\nlimits:\n  requestable: true", "Line 3: requestable is not known here: write max-duration, " },
        { "version: 1\nlimits:\n  approver-group: /mine", "Line 3: approver-group is not known here" },
        { "version: 1\ndefaults:\n  excludes: /a", "Line 3: excludes is not known here" },
        { "version: 1\nlimits:\n  approvals: 0", "`approvals` at line 3 is no number from 1 to 20." },
        { "version: 1\nlimits:\n  risk: extreme", "`risk` at line 3 is neither low, medium nor high." },
        { "version: 1\nlimits:\n  justification-pattern: \"(\"", "`justification-pattern` at line 3 is no pattern that can be used." },
        { "version: 1\nlimits:\n  excludes: []", "Line 3: excludes must be a text, or a list of them." },
        { "version: 1\nlimits:\n  excludes: [[/a]]", "Line 3: excludes must be a text, or a list of them." },
        { "version: 1\nlimits:\n  permanent: true", "Line 3: permanent can only be false: a policy restricts." },
        { "version: 1\nlimits:\n  emergencies: \"false\"", "Line 3: emergencies can only be false" },
        { "version: 1\ndefaults:\n  max-duration: 60d", "The default max-duration can be 30d at most, which holds without the file" },
        { "version: 1\ndefaults:\n  pending-ttl: 8d", "The default pending-ttl can be 7d at most" },
        { "version: 1\ndefaults:\n  break-glass-confirm: 5h", "The default break-glass-confirm can be 4h at most" },
        { "version: 1\ndefaults:\n  approver-channel: general", "`approver-channel` at line 3 is no channel" },
        { "version: 1\nbundles:\n  a: [/x]", "Line 3: the bundle a must be a mapping with description and targets." },
        { "version: 1\nbundles:\n  a:\n    description: b", "Line 4: the bundle a needs targets." },
        { "version: 1\nbundles:\n  a:\n    targets: /x", "Line 4: targets must be a list of groups or roles." },
        { "version: 1\nbundles:\n  a:\n    target: [/x]", "Line 4: target is not known here: write description or targets." },
        { "version: 1\nlogins: [shop]", "Line 2: logins must be a mapping." },
        { "version: 1\nlogins:\n  shop: curator", "Line 3: the login policy of shop must be a mapping with any-of, all-of, groups, message." },
        { "version: 1\nlogins:\n  admin-cli:\n    any-of: a", "Line 3: admin-cli is Keycloak's own and is never closed: take it out." },
        { "version: 1\nlogins:\n  shop:\n    any-of: [\"a#\", b]", "Line 4: the login policy of shop: a name with ## in it, or # at its end" },
        { "version: 1\nlogins:\n  shop: {}", "Line 3: the login policy of shop: it must ask for something" },
        { "version: 1\nlogins:\n  shop:\n    message: Not you.", "Line 4: the login policy of shop: it must ask for something" },
        { "version: 1\nlogins:\n  shop:\n    any-off: curator", "Line 4: any-off is not known here: write any-of, all-of, groups or message." },
        { "version: 1\nlogins:\n  shop:\n    any-of: []", "Line 4: any-of must be a text, or a list of them." },
        { "version: 1\nlogins:\n  shop:\n    groups: [/a]\n    message: [b]", "Line 5: message must be a text." },
        { "version: 1\nlogins:\n  shop:\n    any-of: a##b", "Line 4: the login policy of shop: a name with ## in it, or # at its end, cannot be kept" },
        { $"version: 1\nlogins:\n  shop:\n    any-of: a\n    message: {new string('x', 501)}", "Line 4: the login policy of shop: the message can have 500 characters at most." },
        { "version: [1\nlimits: {}", "" },
        { "version: \"1\"", "Line 1: the version must be 1." },
        { "version: 1\ndefaults:", "Line 2: defaults must be a mapping." },
        { "version: 1\nlimits:\n  approvals: \"2\"", "Line 3: approvals must be a whole number, without quotes." },
        { "version: 1\nlimits:\n  approvals: 2.5", "Line 3: approvals must be a whole number, without quotes." },
        { "version: 1\nlimits:\n  max-duration: 8", "Line 3: max-duration must be one text. What looks like a number" },
        { "version: 1\nlimits:\n  risk: \" low\"", "Line 3: risk must be one text." },
        { "version: 1\nlimits:\n  excludes: [2024]", "Line 3: excludes must be a text, or a list of them. What looks like a number" },
        { "version: 1\nlimits:\n  eligible-group: null", "Line 3: eligible-group must be a text, or a list of them." },
        { "version: 1\nbundles:\n  a:\n    description: 5\n    targets: [/x]", "Line 4: description must be a text." },
        { "version: 1\nbundles:\n  a:\n    targets: [true]", "Line 4: targets must be a list of groups or roles." },
    };

    /// <summary>What takes more than a schema to find.</summary>
    private static readonly string[] onlyTheBotFinds =
    [
        "version: 1\nlimits:\n  justification-pattern: \"(\"",
        "version: 1\ndefaults:\n  max-duration: 60d",
        "version: 1\ndefaults:\n  pending-ttl: 8d",
        "version: 1\ndefaults:\n  break-glass-confirm: 5h",
        "version: 1\nlogins:\n  shop:\n    any-of: a##b",
        "version: 1\nlogins:\n  shop:\n    any-of: [\"a#\", b]",
        "version: 1\nlogins:\n  admin-cli:\n    any-of: a",
        $"version: 1\nlogins:\n  shop:\n    any-of: a\n    message: {new string('x', 501)}",
    ];

    public static TheoryData<string> Usable => new(
        Everything,
        "version: 1",
        "\uFEFFversion: 1\n",
        "{version: 1, limits: {max-duration: PT8H}}",
        "version: 1\ndefaults: {}\nlimits: {}\nbundles: {}\nlogins: {}",
        "version: 1\nlogins:\n  https://sp.example.org/saml:\n    groups: /museum",
        "version: 1\nlimits:\n  max-duration: 00:30:00\n  excludes: [\"2024\", \"true\"]\n  eligible-group: /all staff",
        "version: 1\nlimits:\n  ticket-pattern: |-\n    INC-[0-9]+");

    [Fact]
    public void All_that_may_stand_in_it_is_read()
    {
        var policy = Good(Everything);

        policy.Version.ShouldBe(Policy.VersionOf(Everything));
        policy.Defaults.Attributes.Keys.ShouldBe(PolicyParser.DefaultKeys, ignoreOrder: true);
        policy.Limits.Attributes.Keys.ShouldBe(PolicyParser.LimitKeys, ignoreOrder: true);
        policy.Limits.Attributes["excludes"].ShouldBe(["/frozen", "auditor"]);
        (policy.AllowsPermanent, policy.AllowsAutoApproval, policy.AllowsEmergencies).ShouldBe((false, false, false));
        var bundle = policy.Bundles.ShouldHaveSingleItem();
        (bundle.Name, bundle.Description).ShouldBe(("on-call", "The pager"));
        bundle.Targets.ShouldBe(["/databases/staging", "ledger/read"]);
        policy.Logins.ShouldHaveSingleItem().Value.AreSameAs(new LoginRules(["curator", "ledger/read"], ["staff"], ["/museum"], "Ask the museum.")).ShouldBeTrue();
    }

    [Fact]
    public void One_that_says_nothing_changes_nothing()
    {
        var policy = Good("version: 1\n");

        policy.Defaults.Attributes.ShouldBeEmpty();
        policy.Limits.Attributes.ShouldBeEmpty();
        (policy.AllowsPermanent, policy.AllowsAutoApproval, policy.AllowsEmergencies).ShouldBe((true, true, true));
        policy.Version.ShouldNotBe(Policy.None.Version);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_wrong_is_named_with_its_line_and_what_to_write(string text, string said) =>
        PolicyParser.Parse(text).ShouldBeOfType<PolicyReading.Bad>().Problems.ShouldContain(problem => problem.StartsWith(said, StringComparison.Ordinal));

    [Fact]
    public void Every_mistake_is_named_at_once() =>
        PolicyParser.Parse("version: 1\nlimits:\n  risk: x\n  approvals: y\nmore: 1").ShouldBeOfType<PolicyReading.Bad>().Problems.Count.ShouldBe(3);

    [Fact]
    public async Task The_published_schema_knows_what_the_bot_knows()
    {
        var schema = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "docs", "policy.schema.json"), TestContext.Current.CancellationToken))!;
        Keys("defaults").ShouldBe(PolicyParser.DefaultKeys, ignoreOrder: true);
        Keys("limits").ShouldBe([.. PolicyParser.LimitKeys, .. PolicyParser.Switches], ignoreOrder: true);
        schema["properties"]!.AsObject().Select(pair => pair.Key).ShouldBe(["version", "defaults", "limits", "bundles", "logins"]);
        schema["$defs"]!["approvals"]!["maximum"]!.GetValue<int>().ShouldBe(AccessRule.MostApprovals);

        IEnumerable<string> Keys(string section) => schema["properties"]![section]!["properties"]!.AsObject().Select(pair => pair.Key);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void The_published_schema_refuses_what_the_bot_refuses(string text, string said) =>
        new PublishedSchema().Accepts(text).ShouldBe(onlyTheBotFinds.Contains(text), said);

    [Theory]
    [MemberData(nameof(Usable))]
    public void The_published_schema_accepts_what_the_bot_accepts(string text)
    {
        Good(text);
        new PublishedSchema().Accepts(text).ShouldBeTrue();
    }

    /// <summary>Whatever hands do to a file: it is read or refused, and where it is read, editors have found nothing either.</summary>
    [Fact]
    public void No_text_breaks_the_reader_and_none_that_is_read_is_refused_by_the_schema()
    {
        const string strokes = ":-[]{}\"'&*#?|>,% \n\t0a.~\0\uFEFF";
        var edit = Gen.Choose(0, Everything.Length).SelectMany(at => Gen.Choose(0, 3), (at, cut) => (at, cut)).SelectMany(_ => Gen.Elements(strokes.ToCharArray()), (place, stroke) => (place.at, place.cut, stroke));
        var schema = new PublishedSchema();
        Prop.ForAll(edit.ArrayOf().ToArbitrary(), edits =>
        {
            var text = edits.Aggregate(Everything, (before, one) => before[..Math.Min(one.at, before.Length)] + one.stroke + before[Math.Min(one.at + one.cut, before.Length)..]);
            return PolicyParser.Parse(text) is PolicyReading.Bad { Problems.Count: > 0 } || schema.Accepts(text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Edits).WithEndSize(4));
    }

    /// <summary>The end of the stack takes the process with it, and every replica reads the same file.</summary>
    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void One_that_is_nested_without_end_is_refused(char opening) =>
        Said($"version: 1\nlimits: {new string(opening, 100_000)}").ShouldBe("Line 2: this is nested too deeply.");

    [Theory]
    [InlineData("? &a [*a]\n: 1")]
    [InlineData("version: 1\nlimits:\n  excludes: &a [*a]")]
    [InlineData("version: 1\ndefaults: &a {}\nlimits: *a")]
    public void One_that_refers_to_itself_is_refused(string text) => Said(text).ShouldContain(": & and * are not known here");

    [Fact]
    public void One_that_is_no_text_is_refused() => Said("version: 1\n#\0").ShouldStartWith("The file holds a character NUL");

    [Fact]
    public async Task Its_version_is_that_of_its_bytes_and_other_bytes_than_UTF8_are_refused()
    {
        var file = Path.GetTempFileName();
        try
        {
            byte[] bytes = [0xEF, 0xBB, 0xBF, .. "version: 1\r\n# größer\r\n"u8];
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
            var good = (await PolicyFile.Read(file, TestContext.Current.CancellationToken)).ShouldBeOfType<PolicyReading.Good>();
            good.Policy.Version.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
            Good(good.Text).Version.ShouldBe(good.Policy.Version, "As it is stored, so it is read back.");

            await File.WriteAllBytesAsync(file, Encoding.Latin1.GetBytes("version: 1\n# größer\n"), TestContext.Current.CancellationToken);
            (await PolicyFile.Read(file, TestContext.Current.CancellationToken)).ShouldBeOfType<PolicyReading.Bad>().Problems.ShouldBe(["The file is not UTF-8: save it as that."]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_example_of_the_documentation_can_be_used()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "docs", "policy.md"), TestContext.Current.CancellationToken);
        Good(page.Split("```yaml\n")[1].Split("```")[0]);
    }

    private static string Said(string text) => PolicyParser.Parse(text).ShouldBeOfType<PolicyReading.Bad>().Problems.ShouldHaveSingleItem();

    private static Policy Good(string text) => (PolicyParser.Parse(text) switch
    {
        PolicyReading.Bad bad => throw new InvalidOperationException(string.Join('\n', bad.Problems)),
        var read => read,
    }).ShouldBeOfType<PolicyReading.Good>().Policy;
}
