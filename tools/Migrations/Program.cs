Console.Error.WriteLine("This project only serves `dotnet ef`.");
return 2;
