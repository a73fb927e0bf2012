using System.Collections;
using System.Reflection;
using System.Text;

namespace ChatGovernance.TestSupport;

/// <summary>An object as text, by the types and values of all it holds; lists by what is in them, whatever they are made of.</summary>
public static class Structure
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, "");
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, string indent)
    {
        switch (value)
        {
            case null:
                text.AppendLine("null");
                break;
            case string or Guid or TimeSpan or bool or Enum or ValueType and IFormattable:
                text.AppendLine(value is DateTimeOffset at ? at.ToString("O") : value.ToString());
                break;
            case IEnumerable items:
                text.AppendLine("[]");
                foreach (var item in items)
                    Write(text.Append(indent).Append("- "), item, indent + "  ");
                break;
            default:
                text.AppendLine(value.GetType().FullName);
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
                    Write(text.Append(indent).Append(property.Name).Append(": "), property.GetValue(value), indent + "  ");
                break;
        }
    }
}
