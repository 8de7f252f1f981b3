using Cluster.Api.Hosting;
using Cluster.Api.Tests.World;

namespace Cluster.Api.Tests;

public sealed class ServerOptionsTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("options").FullName;
    private readonly List<string> variables = [];

    public void Dispose()
    {
        foreach (string name in variables) Environment.SetEnvironmentVariable(name, null);
        Directory.Delete(directory, true);
    }

    private ServerOptions Read(params string[] args) => ServerOptionsReader.Read(args, directory, new ManualTime(TestClock.Start));

    private void Set(string name, string value)
    {
        variables.Add(name);
        Environment.SetEnvironmentVariable(name, value);
    }

    [Fact]
    public void Without_options_the_defaults_of_the_contract_hold()
    {
        ServerOptions options = Read("--data", directory);
        Assert.Equal("http://localhost:5080", options.Urls);
        Assert.Equal("sqlite:", options.Store);
        Assert.False(options.Demo);
        Assert.False(options.Simulated);
        Assert.Equal(1, options.Speed);
        Assert.Null(options.Holidays);
        Assert.Null(options.AdminPassword);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        File.WriteAllText(Path.Combine(directory, "appsettings.json"), """{"urls":"http://localhost:1","speed":"2","clock":"2018-03-01T09:00:00+08:00"}""");
        Set("CLUSTER_URLS", "http://localhost:2");
        Set("CLUSTER_SPEED", "3");
        Set("CLUSTER_ADMIN_PASSWORD", "secret");
        ServerOptions options = Read("--data", directory, "--urls", "http://localhost:3");
        Assert.Equal("http://localhost:3", options.Urls);
        Assert.Equal(3, options.Speed);
        Assert.Equal(new DateTimeOffset(2018, 3, 1, 9, 0, 0, TimeSpan.FromHours(8)), options.Clock);
        Assert.Equal("secret", options.AdminPassword);
    }

    [Fact]
    public void Variables_of_other_programs_are_not_options()
    {
        Set("STORE", "nonsense");
        Assert.Equal("sqlite:", Read("--data", directory).Store);
    }

    [Theory]
    [InlineData("--demo")]
    [InlineData("--demo=true")]
    [InlineData("--demo", "true")]
    public void Demo_is_a_switch(params string[] args) => Assert.True(Read([.. args, "--data", directory]).Demo);

    [Fact]
    public void A_speed_alone_starts_now() => Assert.Equal(TestClock.Start, Read("--data", directory, "--speed", "86400").Clock);

    [Theory]
    [InlineData("--urls", "localhost:5080")]
    [InlineData("--urls", "ftp://x")]
    [InlineData("--store", "mysql://x")]
    [InlineData("--store", "sqlite:elsewhere.db")]
    [InlineData("--clock", "2018-03-01T09:00:00")]
    [InlineData("--clock", "yesterday")]
    [InlineData("--speed", "0")]
    [InlineData("--speed", "-1")]
    [InlineData("--speed", "NaN")]
    [InlineData("--speed", "fast")]
    [InlineData("--demo=maybe")]
    [InlineData("--holidays", "/no/such/file.json")]
    [InlineData("--data", "/dev/null/x")]
    [InlineData("--speed")]
    [InlineData("--nonsense", "1")]
    [InlineData("serve")]
    public void A_wrong_option_is_one_clear_line(params string[] args)
    {
        var e = Assert.Throws<ServerOptionsException>(() => Read(args[0] == "--data" ? args : ["--data", directory, .. args]));
        Assert.DoesNotContain('\n', e.Message);
        Assert.Contains(args[0].Split('=')[0], e.Message);
    }

    [Fact]
    public void A_file_that_is_no_calendar_is_refused()
    {
        string file = Path.Combine(directory, "holidays.json");
        File.WriteAllText(file, """{"2026-13-01":{"name":"x","isOffDay":true}}""");
        Assert.Throws<ServerOptionsException>(() => Read("--data", directory, "--holidays", file));
        File.WriteAllText(file, """{"2027-01-01":{"name":"元旦","isOffDay":true}}""");
        Assert.Equal(file, Read("--data", directory, "--holidays", file).Holidays);
    }

    [Theory]
    [InlineData("postgres://u:p@h/d")]
    [InlineData("postgresql://u@h.example:6432/d")]
    [InlineData("postgres://user%40office:p%40%3A%2F%3F%23%25%E5%AF%86@[::1]:5433/case%20store?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem")]
    public void A_PostgreSQL_database_is_a_store(string store)
    {
        ServerOptions options = Read("--data", directory, "--store", store);
        Assert.Equal(store, options.Store);
        Assert.Equal(store, options.Postgres);
    }

    [Theory]
    [InlineData("postgres://")]
    [InlineData("postgres://u:hidden@h")]
    [InlineData("postgres://u:hidden@h/")]
    [InlineData("postgres://u:hidden@:5432/d")]
    [InlineData("postgres://u:hidden@h:0/d")]
    [InlineData("postgres://u:hidden@h:65536/d")]
    [InlineData("postgres://:hidden@h/d")]
    [InlineData("postgres://u:hid@den@h/d")]
    [InlineData("postgres://u:hidden#@h/d")]
    [InlineData("postgres://u:hid den@h/d")]
    [InlineData("postgres://u:hidden@h/d?sslmode=perhaps")]
    [InlineData("postgres://u:hidden@h/d?password=hidden")]
    [InlineData("mysql://u:hidden@h/d")]
    public void What_is_said_of_a_wrong_store_does_not_hold_its_password(string store)
    {
        var e = Assert.Throws<ServerOptionsException>(() => Read("--data", directory, "--store", store));
        Assert.StartsWith("--store: ", e.Message);
        Assert.DoesNotContain("hid", e.Message);
        Assert.DoesNotContain("hidden", Read("--data", directory, "--store", "postgres://u:hidden@h/d").ToString());
    }
}
