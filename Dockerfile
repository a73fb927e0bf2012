FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# Packages are a layer of their own: it is used again until a lock file changes.
COPY .editorconfig BannedSymbols.txt Directory.*.props global.json ./
COPY src/Directory.Build.props src/
COPY src/Core/*.csproj src/Core/packages.lock.json src/Core/
COPY src/Infrastructure/*.csproj src/Infrastructure/packages.lock.json src/Infrastructure/
COPY src/Bot/*.csproj src/Bot/packages.lock.json src/Bot/
RUN dotnet restore src/Bot --locked-mode
COPY src src
ARG TARGETARCH
RUN dotnet publish src/Bot --os linux-musl --arch "${TARGETARCH:-amd64}" --configuration Release --output /app -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine
WORKDIR /app
COPY --from=build /app .
ENV Urls=http://+:3978
EXPOSE 3978
USER $APP_UID
ENTRYPOINT ["dotnet", "chatgovernance.dll"]
