# syntax=docker/dockerfile:1
# The gateway alone: docker build -t session-gateway . && docker run --rm -p 127.0.0.1:11211:11211 session-gateway

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG TARGETARCH
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/ src/
# ReadyToRun: most of the start would otherwise be compiling.
RUN dotnet publish src/Gateway/Gateway.csproj -c Release -a $TARGETARCH --self-contained false \
    -p:PublishReadyToRun=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
WORKDIR /app
COPY --from=build /app ./
# For GATEWAY_PERSIST=log, GATEWAY_DATA_DIR=/data; a new volume gets this owner.
RUN install -d -m 0700 -o $APP_UID -g $APP_UID /data
USER $APP_UID
EXPOSE 11211 6379
# bash is in the image; curl and nc are not. With a login configured the check, which has none, is told so: it serves, too.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/11211 && printf 'version\\r\\n' >&3 && read -r -t 2 line <&3 && [[ $line == VERSION* || $line == *unauthenticated* ]]"]
ENTRYPOINT ["dotnet", "gateway.dll"]
# Inside the container all addresses; who reaches them is said by the published ports, so no login is asked for (set
# GATEWAY_AUTH__0 where others can reach them).
CMD ["--listen", "0.0.0.0:11211/auto", "--listen", "0.0.0.0:6379/resp", "--insecure"]
