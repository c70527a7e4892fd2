global using SessionGateway.Sessions;
