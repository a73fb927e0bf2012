using ChatGovernance.Core.Chat;

namespace ChatGovernance.Infrastructure.Persistence.Json;

internal sealed record NoteDocument(ChatMessage Message, CardKey? Thread = null);
