using ChatGovernance.Core;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;

namespace ChatGovernance.TestSupport.Fakes;

/// <summary>
/// A chat platform in memory that refuses what a real one refuses: unknown places and accounts, a thread without its
/// root, a press that was used. A test makes it lose answers, wait, or refuse.
/// </summary>
public sealed class FakeChat(ChatPlatform platform = ChatPlatform.Slack) : IChat
{
    private readonly Lock gate = new();
    private readonly Dictionary<ChatAccount, ChatMember> members = [];
    private readonly List<Said> said = [];
    private readonly HashSet<string> usedTriggers = [];
    private int last;

    public ChatPlatform Platform => platform;

    public bool HasAuditChannel => true;

    public TimeSpan TriggerLife => TimeSpan.FromSeconds(3);

    public bool HomeIsMessage => false;

    /// <summary>Everything that is there now, in the order of posting.</summary>
    public IReadOnlyList<Said> Messages
    {
        get
        {
            lock (gate)
                return [.. said.Where(message => !message.Deleted)];
        }
    }

    /// <summary>How many posts came here, answered or not.</summary>
    public int Posts { get; private set; }

    public int Updates { get; private set; }

    public Dictionary<ChatAccount, ChatHome> Homes { get; } = [];

    /// <summary>Forms as they are shown now, by view.</summary>
    public Dictionary<string, ChatForm> Forms { get; } = [];

    /// <summary>Asked before a post takes effect: an answer instead of it, or null. <see cref="Sent.Uncertain"/>: it takes effect if <see cref="LosesPosts"/> is false.</summary>
    public Func<Audience, ChatMessage, Sent?> OnPost { get; set; } = (_, _) => null;

    public Func<ChatPlace, Sent?> OnUpdate { get; set; } = _ => null;

    /// <summary>Asked before a form is updated: an answer instead of it, or null.</summary>
    public Func<FormShown?> OnUpdateForm { get; set; } = () => null;

    /// <summary>An uncertain post did not arrive.</summary>
    public bool LosesPosts { get; set; }

    public bool CanLook { get; set; } = true;

    /// <summary>False: every thread is said to be missing.</summary>
    public bool HasThreads { get; set; } = true;

    /// <summary>What it doubts when it is asked for a member.</summary>
    public Doubt? Doubts { get; set; }

    /// <summary>Accounts about which alone it doubts.</summary>
    public HashSet<ChatAccount> Unreadable { get; } = [];

    public void Add(ChatAccount account, MemberStanding standing = MemberStanding.Full, string? email = null, string? name = null, string? workspace = null) =>
        members[account] = new ChatMember { Account = account, Standing = standing, ConfirmedEmail = email, Name = name, Workspace = workspace };

    /// <summary>Somebody deletes a message.</summary>
    public static void Lose(Said message) => message.Deleted = true;

    /// <summary>What this person has been sent, the texts of each message in one.</summary>
    public IReadOnlyList<Said> To(ChatAccount account) => [.. Messages.Where(message => message.Audience == new Audience.Person(account))];

    public IReadOnlyList<Said> InAuditChannel => [.. Messages.Where(message => message.Audience is Audience.AuditChannel)];

    public Task<Reading<ChatMember>> ReadMember(ChatAccount account, CancellationToken ct) => Task.FromResult<Reading<ChatMember>>(
        Doubts is { } why ? new Reading<ChatMember>.Unknown(why)
        : Unreadable.Contains(account) ? new Reading<ChatMember>.Unknown(Doubt.Away)
        : members.TryGetValue(account, out var member) ? new Reading<ChatMember>.Known(member) : new Reading<ChatMember>.Absent());

    public Task<Reading<ChatMember>> FindMember(string email, CancellationToken ct) => Task.FromResult<Reading<ChatMember>>(
        Doubts is { } why ? new Reading<ChatMember>.Unknown(why)
        : members.Values.FirstOrDefault(member => member.ConfirmedEmail == email) is { } found ? new Reading<ChatMember>.Known(found) : new Reading<ChatMember>.Absent());

    /// <summary>Channels that the bot can speak in (true), or sees and cannot.</summary>
    public Dictionary<ChatChannel, bool> Channels { get; } = [];

    public Task<Reading<bool>> CanSpeakIn(ChatChannel channel, CancellationToken ct) => Task.FromResult<Reading<bool>>(
        Doubts is { } why ? new Reading<bool>.Unknown(why)
        : Channels.TryGetValue(channel, out var speaks) ? new Reading<bool>.Known(speaks) : new Reading<bool>.Absent());

    public Task<Sent> Post(Audience audience, ChatPlace? thread, ChatMessage message, Guid key, CancellationToken ct)
    {
        lock (gate)
        {
            ArgumentException.ThrowIfNullOrEmpty(message.Title);
            Posts++;
            var answer = OnPost(audience, message);
            if (answer is not null and not Sent.Uncertain)
                return Task.FromResult(answer);
            if (audience is Audience.Person person && !members.ContainsKey(person.Account))
                return Task.FromResult<Sent>(new Sent.Unreachable("user_not_found"));
            if (thread is not null && (!HasThreads || said.Find(root => root.Place == thread) is not { Deleted: false }))
                return Task.FromResult<Sent>(new Sent.Missing());

            if (answer is null || !LosesPosts)
            {
                var place = new ChatPlace(audience.ToString(), $"{++last}");
                said.Add(new Said(place, audience, thread, key) { Message = message });
                answer ??= new Sent.Done(place);
            }

            return Task.FromResult(answer);
        }
    }

    public Task<Sent> Update(ChatPlace place, ChatMessage message, CancellationToken ct)
    {
        lock (gate)
        {
            ArgumentException.ThrowIfNullOrEmpty(message.Title);
            Updates++;
            if (OnUpdate(place) is { } answer)
                return Task.FromResult(answer);
            if (said.Find(there => there.Place == place) is not { Deleted: false } found)
                return Task.FromResult<Sent>(new Sent.Missing());
            found.Message = message;
            return Task.FromResult<Sent>(new Sent.Done(place));
        }
    }

    public Task<Sent> ShowHome(ChatAccount account, ChatHome home, ChatPlace? shown, CancellationToken ct)
    {
        lock (gate)
        {
            if (!members.ContainsKey(account))
                return Task.FromResult<Sent>(new Sent.Unreachable("user_not_found"));
            Homes[account] = home;
            return Task.FromResult<Sent>(new Sent.Done(new ChatPlace(account.ToString(), "home")));
        }
    }

    public Task<Search> Find(Audience audience, ChatPlace? thread, Attempt attempt, CancellationToken ct)
    {
        lock (gate)
        {
            return Task.FromResult<Search>(!CanLook
                ? new Search.CannotLook()
                : new Search.Found([.. said.Where(message => !message.Deleted && message.Key == attempt.Key && message.Audience == audience).Select(message => message.Place)]));
        }
    }

    public Task<Sent> Delete(ChatPlace place, CancellationToken ct)
    {
        lock (gate)
        {
            foreach (var found in said.Where(message => message.Place == place))
                found.Deleted = true;
            return Task.FromResult<Sent>(new Sent.Done(place));
        }
    }

    public Task<FormShown> OpenForm(string trigger, ChatForm form, CancellationToken ct)
    {
        lock (gate)
        {
            if (!usedTriggers.Add(trigger))
                return Task.FromResult<FormShown>(new FormShown.Gone("exchanged_trigger_id"));
            var view = $"V{++last}";
            Forms[view] = form;
            return Task.FromResult<FormShown>(new FormShown.Done(view));
        }
    }

    public Task<FormShown> UpdateForm(string view, ChatForm form, CancellationToken ct)
    {
        lock (gate)
        {
            if (OnUpdateForm() is { } answer)
                return Task.FromResult(answer);
            if (!Forms.TryGetValue(view, out var shown) || shown.Id != form.Id)
                return Task.FromResult<FormShown>(new FormShown.Gone("not_found"));
            Forms[view] = form;
            return Task.FromResult<FormShown>(new FormShown.Done(view));
        }
    }

    /// <summary>A message as it is shown now.</summary>
    public sealed class Said(ChatPlace place, Audience audience, ChatPlace? thread, Guid key)
    {
        public ChatPlace Place => place;

        public Audience Audience => audience;

        public ChatPlace? Thread => thread;

        public Guid Key => key;

        public required ChatMessage Message { get; set; }

        public bool Deleted { get; set; }

        public override string ToString() => $"{Audience}{(Thread is null ? "" : " (thread)")}: {Message.Title}";
    }
}
