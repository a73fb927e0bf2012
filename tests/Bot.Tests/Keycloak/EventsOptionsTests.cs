using ChatGovernance.Bot.Keycloak;

namespace ChatGovernance.Bot.Tests.Keycloak;

public sealed class EventsOptionsTests
{
    [Theory]
    [InlineData("0123456789012345678901234", null, null)]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", null, null)]
    [InlineData("short", null, "Keycloak:EventSecret is shorter than 24 bytes: openssl rand -base64 32 makes one")]
    [InlineData("whsec_***", null, "Keycloak:EventSecret is not Base64 after whsec_")]
    [InlineData("0123456789012345678901234", "short", "Keycloak:EventSecretPrevious is shorter than 24 bytes: openssl rand -base64 32 makes one")]
    [InlineData(null, null, null)]
    public void A_secret_that_could_be_guessed_stops_the_start(string? now, string? before, string? problem) =>
        new EventsOptionsValidation().Validate(null, new EventsOptions { EventSecret = now, EventSecretPrevious = before }).FailureMessage.ShouldBe(problem);
}
