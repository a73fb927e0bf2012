FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# Packages are a layer of their own: it is used again until a lock file changes.
COPY .editorconfig BannedSymbols.txt Directory.*.props global.json ./
COPY src/Core/*.csproj src/Core/packages.lock.json src/Core/
COPY src/Infrastructure/*.csproj src/Infrastructure/packages.lock.json src/Infrastructure/
COPY src/Bot/*.csproj src/Bot/packages.lock.json src/Bot/
RUN dotnet restore src/Bot --locked-mode
COPY src src
RUN dotnet publish src/Bot --no-restore --configuration Release --output /app -p:UseAppHost=false
# SQLite comes for every system; Alpine's is linux-musl.
RUN find /app/runtimes -mindepth 1 -maxdepth 1 ! -name 'linux-musl-*' -exec rm -r {} +

FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine
WORKDIR /app
COPY --from=build /app .
ENV Urls=http://+:3978
EXPOSE 3978
USER $APP_UID
ENTRYPOINT ["dotnet", "chatgovernance.dll"]
