using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatGovernance.Infrastructure.Persistence.Json;

/// <summary>Families of Core (an abstract record with its members nested) as objects with a <c>kind</c>: the member's name in kebab case.</summary>
internal static class ClosedFamilies
{
    public const string Discriminator = "kind";

    public static void Describe(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object || MembersOf(info.Type) is not { Count: > 0 } members)
            return;

        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = Discriminator };
        foreach (var member in members)
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(member, NameOf(member)));
    }

    public static IReadOnlyList<Type> MembersOf(Type family) =>
        family is { IsAbstract: true, IsClass: true } ? [.. family.GetNestedTypes().Where(type => type.IsSealed && type.IsAssignableTo(family))] : [];

    public static string NameOf(Type member) => JsonNamingPolicy.KebabCaseLower.ConvertName(member.Name);
}
