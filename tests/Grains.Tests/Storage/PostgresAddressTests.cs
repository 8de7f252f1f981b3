using Cluster.Contracts.Storage;

namespace Grains.Tests.Storage;

public sealed class PostgresAddressTests
{
    [Fact]
    public void An_address_names_host_port_database_and_account()
    {
        var address = PostgresAddress.Parse("postgres://user%40office:p%40%3A%2F%3F%23%25%E5%AF%86@[::1]:5433/case%20store?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem");

        Assert.Equal(("::1", 5433, "case store", "user@office", "p@:/?#%密"), (address.Host, address.Port, address.Database, address.User, address.Password));
        Assert.Equal(("verify-full", "/etc/ca.pem"), (address.SslMode, address.SslRootCertificate));
        Assert.Equal("postgres://user%40office@[::1]:5433/case%20store", address.ToString());
    }

    [Fact]
    public void The_usual_port_is_taken_and_no_password_where_none_is_given()
    {
        var address = PostgresAddress.Parse("postgresql://u@db.office.cn/cluster");

        Assert.Equal(("db.office.cn", 5432, "cluster", "u", (string?)null, (string?)null), (address.Host, address.Port, address.Database, address.User, address.Password, address.SslMode));
    }
}
