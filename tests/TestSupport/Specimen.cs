using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace ChatGovernance.TestSupport;

/// <summary>Makes a value of any type of the domain, so that a test can cover every member of a closed family.</summary>
public static class Specimen
{
    public static IEnumerable<Type> Members(Type family) =>
        family.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Where(type => type.IsSubclassOf(family) && !type.IsAbstract);

    /// <summary>One value of each member, the nullable parts filled.</summary>
    public static IReadOnlyList<T> Each<T>() => [.. Members(typeof(T)).Select(type => (T)Of(type))];

    public static TheoryData<string> NamesOf<T>() => [.. Members(typeof(T)).Select(type => type.Name)];

    public static T Named<T>(string name) => (T)Of(Members(typeof(T)).Single(type => type.Name == name));

    public static object Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Of(inner);
        if (type == typeof(string))
            return "text";
        if (type == typeof(DateTimeOffset))
            return TestSupport.Builders.Some.Now;
        if (type == typeof(TimeSpan))
            return TimeSpan.FromHours(1);
        if (type == typeof(Guid))
            return TestSupport.Builders.KnownIds.Number(7);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(0)!;
        if (type.IsPrimitive)
            return Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return ListOf(type.GenericTypeArguments[0]);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            return Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(type.GenericTypeArguments))!;
        return type.IsAbstract ? Of(Members(type).First()) : Construct(type);
    }

    private static Array ListOf(Type item)
    {
        var list = Array.CreateInstance(item, 1);
        list.SetValue(Of(item), 0);
        return list;
    }

    private static object Construct(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
        foreach (var property in type.GetProperties().Where(property => property.IsDefined(typeof(RequiredMemberAttribute))))
            property.SetValue(made, Of(property.PropertyType));
        return made;
    }
}
