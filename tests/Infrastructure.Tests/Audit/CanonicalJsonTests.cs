using ChatGovernance.Infrastructure.Audit;

namespace ChatGovernance.Infrastructure.Tests.Audit;

/// <summary>The examples of RFC 8785 that objects of strings can have.</summary>
public sealed class CanonicalJsonTests
{
    [Fact]
    public void Names_are_in_the_order_of_their_UTF_16_code_units() // RFC 8785, section 3.2.3
    {
        var members = new Dictionary<string, string>
        {
            ["\u20ac"] = "Euro Sign",
            ["\r"] = "Carriage Return",
            ["\ufb33"] = "Hebrew Letter Dalet With Dagesh",
            ["1"] = "One",
            ["\ud83d\ude00"] = "Emoji: Grinning Face",
            ["\u0080"] = "Control",
            ["\u00f6"] = "Latin Small Letter O With Diaeresis",
        };

        CanonicalJson.Texts(members).ShouldBe(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"Latin Small Letter O With Diaeresis\"," +
            "\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    [Fact]
    public void Only_what_must_be_escaped_is() => // RFC 8785, section 3.2.2
        CanonicalJson.Text("\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/").ShouldBe("\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");

    [Fact]
    public void Control_characters_have_their_short_form_where_there_is_one() =>
        CanonicalJson.Text("\b\t\n\f\r\u0000\u001f\u007f").ShouldBe("\"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\"");

    [Fact]
    public void An_object_may_hold_objects_and_be_empty() =>
        CanonicalJson.Object([new("b", CanonicalJson.Texts([])), new("a", CanonicalJson.Text(""))]).ShouldBe("""{"a":"","b":{}}""");
}
