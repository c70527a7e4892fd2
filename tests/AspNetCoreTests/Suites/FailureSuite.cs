using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SessionGateway.AspNetCore;
using SessionGateway.AspNetCoreTests.Support;

namespace SessionGateway.AspNetCoreTests.Suites;

/// <summary>What the browser and the application get to see when a session cannot be stored.</summary>
public abstract class FailureSuite : SessionSuite
{
    public static TheoryData<string, Func<HttpContext, Task>> Answers() => new()
    {
        { "text", context => context.Response.WriteAsync("page") },
        { "json", context => context.Response.WriteAsJsonAsync(new { page = 1 }) },
        { "stream", context => context.Response.Body.WriteAsync(new byte[] { 1 }).AsTask() },
        { "array", context => context.Response.Body.WriteAsync(new byte[] { 1 }, 0, 1) },
        { "flush", context => context.Response.Body.FlushAsync() },
        { "pipe", async context => await context.Response.BodyWriter.WriteAsync(new byte[] { 1 }) },
        { "pipe, flushed", async context =>
            {
                context.Response.BodyWriter.GetSpan(1)[0] = 1;
                context.Response.BodyWriter.Advance(1);
                await context.Response.BodyWriter.FlushAsync();
            } },
        { "pipe, never flushed", context =>
            {
                context.Response.BodyWriter.GetSpan(1)[0] = 1;
                context.Response.BodyWriter.Advance(1);
                return Task.CompletedTask;
            } },
        { "pipe, completed", async context => await context.Response.BodyWriter.CompleteAsync() },
        { "start", context => context.Response.StartAsync() },
        { "complete", context => context.Response.CompleteAsync() },
        { "file", context => context.Response.SendFileAsync(typeof(FailureSuite).Assembly.Location) },
        { "result", context => Results.Text("page").ExecuteAsync(context) },
        { "redirect", context => Results.Redirect("/elsewhere").ExecuteAsync(context) },
        { "nothing", _ => Task.CompletedTask },
        { "synchronous", context =>
            {
                context.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
                context.Response.Body.Write([1]);
                return Task.CompletedTask;
            } },
        { "synchronous flush", context =>
            {
                context.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
                context.Response.Body.Flush();
                return Task.CompletedTask;
            } },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_exception_handler_answers_for_a_page_whose_session_ended_elsewhere(string way,
        Func<HttpContext, Task> answer)
    {
        await using Site site = await Site.StartPagesAsync(Store, app => app.Map("/", async context =>
        {
            SharedSession session = await context.SharedSessionAsync();
            session.Set("n", 2);
            Store.Delete(Prefix + session.Id);
            await answer(context);
        }), before: Handled);
        string id = Stored("n|i:1;");
        Answer seen = await site.AskAsync(id);
        Assert.Equal((HttpStatusCode.Conflict, $"sorry: Ended"), (seen.Status, seen.Body));
        Assert.Equal(SharedSessionFailure.Ended, site.Exceptions.Failure);
        Assert.Null(Store.Text(Prefix + id));
        Assert.Null(Store.Text(Prefix + id + "_LOCK"));
        Assert.NotEmpty(way);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Each_way_of_answering_stores_the_session_before_it(string way, Func<HttpContext, Task> answer)
    {
        string? stored = null;
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            SharedSession session = await context.SharedSessionAsync();
            session.Set("n", 2);
            context.Response.OnStarting(() =>
            {
                stored = Store.Text(Prefix + session.Id);
                return Task.CompletedTask;
            });
            await answer(context);
        });
        string id = Stored("n|i:1;");
        await site.AskAsync(id);
        Assert.Equal("n|i:2;", Store.Text(Prefix + id));
        Assert.True(stored == "n|i:2;", way);
        Assert.Empty(site.Exceptions.Seen);
    }

    [Fact]
    public async Task What_waits_in_the_pipe_and_what_is_written_otherwise_keep_their_order()
    {
        await using Site site = await PageOfAsync(async context =>
        {
            (await context.SharedSessionAsync()).Set("n", 2);
            context.Response.BodyWriter.Write("one "u8);
            await context.Response.Body.WriteAsync("two "u8.ToArray());
            context.Response.BodyWriter.Write("three "u8);
            Assert.Equal(6, context.Response.BodyWriter.UnflushedBytes);
            await context.Response.WriteAsync("four");
        });
        string id = Stored("n|i:1;");
        Assert.Equal("one two three four", (await site.AskAsync(id)).Body);
        Assert.Equal("n|i:2;", Store.Text(Prefix + id));
    }

    private Task<Site> PageOfAsync(RequestDelegate page) => Site.StartAsync(Store, page);

    [Fact]
    public async Task A_page_may_answer_for_its_own_failure()
    {
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            (await context.SharedSessionAsync()).Set("big", new string('x', 2_000_000));
            try
            {
                await context.Response.WriteAsync("stored");
            }
            catch (SharedSessionException error)
            {
                context.Response.StatusCode = 413;
                await context.Response.WriteAsync(error.Failure.ToString());
            }
        });
        Answer answer = await site.AskAsync(Stored("n|i:1;"));
        Assert.Equal(((HttpStatusCode)413, "TooLarge"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task A_body_that_is_written_past_the_session_is_cut_off_rather_than_sent()
    {
        await using Site site = await Site.StartPagesAsync(
            Store,
            app => app.Map("/", async context =>
            {
                SharedSession session = await context.SharedSessionAsync();
                session.Set("n", 2);
                Store.Delete(Prefix + session.Id);
                await ((PipeWriter)context.Items["server's own"]!).WriteAsync("page"u8.ToArray());
            }),
            before: app => app.Use((context, next) =>
            {
                context.Items["server's own"] = context.Response.BodyWriter;
                return next(context);
            }));
        string id = Stored("n|i:1;");
        Assert.Equal(HttpStatusCode.InternalServerError, (await site.AskAsync(id)).Status);
        Assert.Equal(SharedSessionFailure.Ended, site.Exceptions.Failure);
        Assert.Null(Store.Text(Prefix + id));
    }

    [Fact]
    public async Task A_session_is_not_waited_for_when_the_application_has_cancelled()
    {
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            using var soon = new CancellationTokenSource(50);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                async () => await context.SharedSessionAsync(soon.Token));
            await context.Response.WriteAsync("went on");
        });
        string id = Stored("n|i:1;");
        Store.Put(Prefix + id + "_LOCK", "php|1");
        Assert.Equal("went on", (await site.AskAsync(id)).Body);
        Assert.Equal("php|1", Store.Text(Prefix + id + "_LOCK"));
    }

    [Fact]
    public async Task A_commit_that_is_cancelled_before_it_begins_leaves_the_session_open()
    {
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            SharedSession session = await context.SharedSessionAsync();
            session.Set("n", 2);
            var gone = new CancellationToken(canceled: true);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.CommitAsync(gone));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.CloseAsync(gone));
            string? stored = Store.Text(Prefix + session.Id);
            session.Set("n", 3);
            await session.CloseAsync();
            await context.Response.WriteAsync($"{stored}");
        });
        string id = Stored("n|i:1;");
        Assert.Equal("n|i:1;", (await site.AskAsync(id)).Body);
        Assert.Equal("n|i:3;", Store.Text(Prefix + id));
    }

    private static void Handled(WebApplication app) => app.UseExceptionHandler(handler => handler.Run(context =>
    {
        Exception error = context.Features.Get<IExceptionHandlerFeature>()!.Error;
        context.Response.StatusCode = 409;
        return context.Response.WriteAsync($"sorry: {(error as SharedSessionException)?.Failure}");
    }));
}
