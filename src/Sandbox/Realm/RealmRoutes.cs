namespace ChatGovernance.Sandbox.Realm;

/// <summary>The calls below <c>/admin/realms/{realm}</c> that are spoken.</summary>
internal sealed class RealmRoutes
{
    private readonly List<(string Method, string Path, Func<RealmCall, RealmAnswer> Handle)> routes = [];

    public static RealmRoutes All
    {
        get
        {
            var all = new RealmRoutes();
            PeopleEndpoints.Map(all);
            UserEndpoints.Map(all);
            GroupEndpoints.Map(all);
            MappingEndpoints.Map(all);
            RoleEndpoints.Map(all);
            EventEndpoints.Map(all);
            return all;
        }
    }

    public void Add(string method, string path, Func<RealmCall, RealmAnswer> handle) => routes.Add((method, path, handle));

    public void MapTo(IEndpointRouteBuilder app, Func<HttpContext, Func<RealmCall, RealmAnswer>, Task> serve)
    {
        foreach (var (method, path, handle) in routes)
            app.MapMethods($"/admin/realms/{{realm}}/{path}", [method], (RequestDelegate)(http => serve(http, handle)));
    }

    /// <summary>The endpoint of a call that does not come by HTTP.</summary>
    public (Func<RealmCall, RealmAnswer> Handle, RouteValueDictionary Parts) Find(string method, string path)
    {
        string[] parts = path.Split('/');
        foreach (var route in routes.Where(r => r.Method == method))
        {
            string[] wanted = route.Path.Split('/');
            if (wanted.Length != parts.Length || wanted.Zip(parts).Any(p => !p.First.StartsWith('{') && p.First != p.Second))
                continue;
            var values = new RouteValueDictionary();
            foreach (var (name, value) in wanted.Zip(parts).Where(p => p.First.StartsWith('{')))
                values[name.Trim('{', '}')] = value;
            return (route.Handle, values);
        }

        throw new ArgumentException($"Nobody speaks {method} {path}", nameof(path));
    }
}
