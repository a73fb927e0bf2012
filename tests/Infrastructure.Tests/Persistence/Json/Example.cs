using System.Reflection;
using ChatGovernance.Infrastructure.Persistence.Json;

namespace ChatGovernance.Infrastructure.Tests.Persistence.Json;

/// <summary>An object of any stored type in which every value is set and differs from the others where it can.</summary>
internal sealed class Example
{
    private int number;

    public object Of(Type type)
    {
        number++;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying);
        if (type == typeof(string))
            return $"text-{number} \"ü🔥\"";
        if (type == typeof(bool))
            return true;
        if (type == typeof(int))
            return number;
        if (type == typeof(long))
            return (long)number;
        if (type == typeof(Guid))
            return new Guid(number, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]);
        if (type == typeof(TimeSpan))
            return TimeSpan.FromMilliseconds(number * 100_001L);
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(2027, 1, 4, 9, 0, 0, TimeSpan.Zero).AddTicks(number);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(number % Enum.GetValues(type).Length)!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return ListOf(type.GetGenericArguments()[0]);
        if (ClosedFamilies.MembersOf(type) is { Count: > 0 } members)
            return Of(members[number % members.Count]);
        return Filled(type);
    }

    private Array ListOf(Type item)
    {
        var list = Array.CreateInstance(item, 2);
        list.SetValue(Of(item), 0);
        list.SetValue(Of(item), 1);
        return list;
    }

    private object Filled(Type type)
    {
        // Ids are made of plain words: some of their texts have separators.
        if (type.IsValueType)
            return Activator.CreateInstance(type, [.. type.GetConstructors().Single().GetParameters().Select(p => p.ParameterType == typeof(string) ? $"word{number++}" : Of(p.ParameterType))])!;

        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var filled = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && constructor.GetParameters().All(c => c.Name != p.Name)))
            property.SetValue(filled, Of(property.PropertyType));
        return filled;
    }
}
