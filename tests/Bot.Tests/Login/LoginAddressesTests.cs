using ChatGovernance.Bot.Login;
using ChatGovernance.Core.Logins;
using ChatGovernance.TestSupport.Builders;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Tests.Login;

public sealed class LoginAddressesTests
{
    private static readonly LoginId login = new(KnownIds.Number(7));

    [Fact]
    public void Every_replica_makes_the_same_address_and_reads_it_back()
    {
        var address = Addresses().OfLink(login).ShouldNotBeNull();

        address.ToString().ShouldStartWith("https://bot.example.org/base/link/");
        Addresses().OfLink(login).ShouldBe(address);
        Addresses().Read(address.Segments[^1]).ShouldBe(login);
        Addresses().OfConfirmation(login)!.Segments[^2].ShouldBe("confirm/");
    }

    [Fact]
    public void An_id_alone_opens_nothing_and_neither_does_another_secret()
    {
        var token = Addresses().Token(login);

        Addresses().Read(login.ToString()).ShouldBeNull();
        Addresses().Read(new LoginId(KnownIds.Number(8)) + token[32..]).ShouldBeNull();
        Addresses("another").Read(token).ShouldBeNull();
        Addresses().Read(token + "A").ShouldBeNull();
        Addresses().Read(token[..^1]).ShouldBeNull();
        Addresses().Read(null).ShouldBeNull();
    }

    [Fact]
    public void Without_a_public_address_there_is_none() => Addresses(url: null).OfLink(login).ShouldBeNull();

    private static LoginAddresses Addresses(string secret = "secret", string? url = "https://bot.example.org/base") =>
        new(Options.Create(new LoginOptions { ClientId = "bot", ClientSecret = secret, PublicUrl = url }));
}
