<%@ page contentType="text/html; charset=UTF-8" session="true" %><%
  // Every visit counts; with two Tomcats on one gateway the count goes on whichever answers.
  Integer visits = (Integer) session.getAttribute("visits");
  visits = visits == null ? 1 : visits + 1;
  session.setAttribute("visits", visits);
%><!DOCTYPE html>
<title>Session in the gateway</title>
<p>Visit <%= visits %> of session <%= session.getId() %>, answered by <%= java.net.InetAddress.getLocalHost().getHostName() %>.</p>
