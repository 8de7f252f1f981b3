-- What the AdoNet providers of Orleans require of PostgreSQL: their tables, and the statements that they look up by key. Run at every start; it may be run any number of times and by many at once.
CREATE SCHEMA IF NOT EXISTS orleans;
SET LOCAL search_path TO orleans;

CREATE TABLE IF NOT EXISTS orleansquery(
    querykey text PRIMARY KEY,
    querytext text NOT NULL
);

CREATE TABLE IF NOT EXISTS membershipversion(
    deploymentid text PRIMARY KEY,
    timestamp timestamptz(3) NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS membership(
    deploymentid text NOT NULL REFERENCES membershipversion,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    siloname text NOT NULL,
    hostname text NOT NULL,
    status integer NOT NULL,
    proxyport integer,
    suspecttimes text,
    starttime timestamptz(3) NOT NULL,
    iamalivetime timestamptz(3) NOT NULL,
    PRIMARY KEY(deploymentid, address, port, generation)
);

CREATE TABLE IF NOT EXISTS reminder(
    serviceid text NOT NULL,
    grainid text NOT NULL,
    remindername text NOT NULL,
    starttime timestamptz(3) NOT NULL,
    period bigint NOT NULL,
    grainhash integer NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY(serviceid, grainid, remindername)
);

CREATE INDEX IF NOT EXISTS reminder_by_hash ON reminder(serviceid, grainhash);

CREATE TABLE IF NOT EXISTS state(
    serviceid text NOT NULL,
    graintypehash integer NOT NULL,
    grainidhash integer NOT NULL,
    graintypestring text NOT NULL,
    grainidn0 bigint NOT NULL,
    grainidn1 bigint NOT NULL,
    grainidextensionstring text NOT NULL,
    payloadbinary bytea,
    modifiedon timestamptz NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY(grainidhash, graintypehash, serviceid, graintypestring, grainidn0, grainidn1, grainidextensionstring)
);

-- Where a simulated clock started, by the database's own: the same for all processes.
CREATE TABLE IF NOT EXISTS clock(
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    started timestamptz NOT NULL DEFAULT now()
);

INSERT INTO orleansquery(querykey, querytext) VALUES

-- A new row of the table of silos comes with a new version of the table, or not at all.
('InsertMembershipVersionKey', $$
    WITH created AS (INSERT INTO orleans.membershipversion(deploymentid) VALUES(@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*)::integer FROM created
$$),
('InsertMembershipKey', $$
    WITH moved AS (
        UPDATE orleans.membershipversion v SET timestamp = now(), version = version + 1
        WHERE v.deploymentid = @DeploymentId AND v.version = @Version AND NOT EXISTS (
            SELECT FROM orleans.membership m WHERE m.deploymentid = @DeploymentId AND m.address = @Address AND m.port = @Port AND m.generation = @Generation)
        RETURNING 1),
    created AS (
        INSERT INTO orleans.membership(deploymentid, address, port, generation, siloname, hostname, status, proxyport, starttime, iamalivetime)
        SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM moved
        RETURNING 1)
    SELECT count(*)::integer FROM created
$$),
('UpdateMembershipKey', $$
    WITH moved AS (
        UPDATE orleans.membershipversion v SET timestamp = now(), version = version + 1
        WHERE v.deploymentid = @DeploymentId AND v.version = @Version AND EXISTS (
            SELECT FROM orleans.membership m WHERE m.deploymentid = @DeploymentId AND m.address = @Address AND m.port = @Port AND m.generation = @Generation)
        RETURNING 1),
    changed AS (
        UPDATE orleans.membership m SET status = @Status, suspecttimes = @SuspectTimes, iamalivetime = @IAmAliveTime
        FROM moved
        WHERE m.deploymentid = @DeploymentId AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
        RETURNING 1)
    SELECT count(*)::integer FROM changed
$$),
('UpdateIAmAlivetimeKey', $$
    UPDATE orleans.membership SET iamalivetime = @IAmAliveTime
    WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$$),
-- The version comes even where there is no such silo.
('MembershipReadRowKey', $$
    SELECT v.deploymentid, m.address, m.port, m.generation, m.siloname, m.hostname, m.status, m.proxyport, m.suspecttimes, m.starttime, m.iamalivetime, v.version
    FROM orleans.membershipversion v
    LEFT JOIN orleans.membership m ON m.deploymentid = v.deploymentid AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    WHERE v.deploymentid = @DeploymentId
$$),
('MembershipReadAllKey', $$
    SELECT v.deploymentid, m.address, m.port, m.generation, m.siloname, m.hostname, m.status, m.proxyport, m.suspecttimes, m.starttime, m.iamalivetime, v.version
    FROM orleans.membershipversion v
    LEFT JOIN orleans.membership m ON m.deploymentid = v.deploymentid
    WHERE v.deploymentid = @DeploymentId
$$),
('DeleteMembershipTableEntriesKey', $$
    WITH gone AS (DELETE FROM orleans.membership WHERE deploymentid = @DeploymentId)
    DELETE FROM orleans.membershipversion WHERE deploymentid = @DeploymentId
$$),
('GatewaysQueryKey', $$
    SELECT address, proxyport, generation FROM orleans.membership WHERE deploymentid = @DeploymentId AND status = @Status AND proxyport > 0
$$),
-- Those that live, which is status 3, stay whatever their last sign says.
('CleanupDefunctSiloEntriesKey', $$
    DELETE FROM orleans.membership WHERE deploymentid = @DeploymentId AND iamalivetime < @IAmAliveTime AND status <> 3
$$),

('UpsertReminderRowKey', $$
    INSERT INTO orleans.reminder(serviceid, grainid, remindername, starttime, period, grainhash, version)
    VALUES(@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
    ON CONFLICT (serviceid, grainid, remindername) DO UPDATE
    SET starttime = excluded.starttime, period = excluded.period, grainhash = excluded.grainhash, version = reminder.version + 1
    RETURNING version
$$),
('ReadReminderRowsKey', $$
    SELECT grainid, remindername, starttime, period, version FROM orleans.reminder WHERE serviceid = @ServiceId AND grainid = @GrainId
$$),
('ReadReminderRowKey', $$
    SELECT grainid, remindername, starttime, period, version FROM orleans.reminder WHERE serviceid = @ServiceId AND grainid = @GrainId AND remindername = @ReminderName
$$),
('ReadRangeRows1Key', $$
    SELECT grainid, remindername, starttime, period, version FROM orleans.reminder WHERE serviceid = @ServiceId AND grainhash > @BeginHash AND grainhash <= @EndHash
$$),
-- A range that goes over the end of the ring.
('ReadRangeRows2Key', $$
    SELECT grainid, remindername, starttime, period, version FROM orleans.reminder WHERE serviceid = @ServiceId AND (grainhash > @BeginHash OR grainhash <= @EndHash)
$$),
('DeleteReminderRowKey', $$
    WITH gone AS (DELETE FROM orleans.reminder WHERE serviceid = @ServiceId AND grainid = @GrainId AND remindername = @ReminderName AND version = @Version RETURNING 1)
    SELECT count(*)::integer FROM gone
$$),
('DeleteReminderRowsKey', $$
    DELETE FROM orleans.reminder WHERE serviceid = @ServiceId
$$),

('WriteToStorageKey', $$
    WITH changed AS (
        UPDATE orleans.state SET payloadbinary = @PayloadBinary, modifiedon = now(), version = version + 1
        WHERE grainidhash = @GrainIdHash AND graintypehash = @GrainTypeHash AND serviceid = @ServiceId AND graintypestring = @GrainTypeString
            AND grainidn0 = @GrainIdN0 AND grainidn1 = @GrainIdN1 AND grainidextensionstring = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion
        RETURNING version),
    created AS (
        INSERT INTO orleans.state(serviceid, graintypehash, grainidhash, graintypestring, grainidn0, grainidn1, grainidextensionstring, payloadbinary, modifiedon, version)
        SELECT @ServiceId, @GrainTypeHash, @GrainIdHash, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), @PayloadBinary, now(), 1
        WHERE @GrainStateVersion::integer IS NULL
        ON CONFLICT DO NOTHING
        RETURNING version)
    SELECT coalesce((SELECT version FROM changed), (SELECT version FROM created), @GrainStateVersion) AS newgrainstateversion
$$),
('ReadFromStorageKey', $$
    SELECT payloadbinary, now() AT TIME ZONE 'utc', version FROM orleans.state
    WHERE grainidhash = @GrainIdHash AND graintypehash = @GrainTypeHash AND serviceid = @ServiceId AND graintypestring = @GrainTypeString
        AND grainidn0 = @GrainIdN0 AND grainidn1 = @GrainIdN1 AND grainidextensionstring = coalesce(@GrainIdExtensionString, '')
$$),
('ClearStorageKey', $$
    UPDATE orleans.state SET payloadbinary = NULL, modifiedon = now(), version = version + 1
    WHERE grainidhash = @GrainIdHash AND graintypehash = @GrainTypeHash AND serviceid = @ServiceId AND graintypestring = @GrainTypeString
        AND grainidn0 = @GrainIdN0 AND grainidn1 = @GrainIdN1 AND grainidextensionstring = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion
    RETURNING version AS newgrainstateversion
$$),
('DeleteStorageKey', $$
    DELETE FROM orleans.state
    WHERE grainidhash = @GrainIdHash AND graintypehash = @GrainTypeHash AND serviceid = @ServiceId AND graintypestring = @GrainTypeString
        AND grainidn0 = @GrainIdN0 AND grainidn1 = @GrainIdN1 AND grainidextensionstring = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion
    RETURNING version + 1 AS newgrainstateversion
$$)
ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext WHERE orleansquery.querytext <> excluded.querytext;
