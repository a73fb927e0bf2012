using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatGovernance.Infrastructure.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    previous_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "audit_head",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_head", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_text",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    field = table.Column<string>(type: "TEXT", nullable: false),
                    salt = table.Column<byte[]>(type: "BLOB", nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_text", x => new { x.number, x.field });
                });

            migrationBuilder.CreateTable(
                name: "cards",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    audience = table.Column<string>(type: "TEXT", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", nullable: false),
                    wanted = table.Column<long>(type: "INTEGER", nullable: false),
                    shown = table.Column<long>(type: "INTEGER", nullable: false),
                    conversation = table.Column<string>(type: "TEXT", nullable: true),
                    message = table.Column<string>(type: "TEXT", nullable: true),
                    attempt_key = table.Column<string>(type: "TEXT", nullable: true),
                    attempt_at = table.Column<long>(type: "INTEGER", nullable: true),
                    attempt_posts = table.Column<int>(type: "INTEGER", nullable: false),
                    dead = table.Column<string>(type: "TEXT", nullable: true),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lease_owner = table.Column<string>(type: "TEXT", nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cards", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    snapshot = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_catalog", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deployment",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deployment", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "entitlements",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    person = table.Column<string>(type: "TEXT", nullable: false),
                    person_name = table.Column<string>(type: "TEXT", nullable: false),
                    target = table.Column<string>(type: "TEXT", nullable: false),
                    target_name = table.Column<string>(type: "TEXT", nullable: false),
                    retry = table.Column<string>(type: "TEXT", nullable: true),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lease_owner = table.Column<string>(type: "TEXT", nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entitlements", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    payload = table.Column<byte[]>(type: "BLOB", nullable: false),
                    answer = table.Column<byte[]>(type: "BLOB", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    repeats = table.Column<int>(type: "INTEGER", nullable: false),
                    handled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    set_aside = table.Column<string>(type: "TEXT", nullable: true),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lease_owner = table.Column<string>(type: "TEXT", nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "matches",
                columns: table => new
                {
                    account = table.Column<string>(type: "TEXT", nullable: false),
                    person = table.Column<string>(type: "TEXT", nullable: false),
                    person_name = table.Column<string>(type: "TEXT", nullable: false),
                    proof = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_matches", x => new { x.account, x.person });
                });

            migrationBuilder.CreateTable(
                name: "notes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    audience = table.Column<string>(type: "TEXT", nullable: false),
                    thread = table.Column<string>(type: "TEXT", nullable: false),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    conversation = table.Column<string>(type: "TEXT", nullable: true),
                    message = table.Column<string>(type: "TEXT", nullable: true),
                    attempt_key = table.Column<string>(type: "TEXT", nullable: true),
                    attempt_at = table.Column<long>(type: "INTEGER", nullable: true),
                    attempt_posts = table.Column<int>(type: "INTEGER", nullable: false),
                    dead = table.Column<string>(type: "TEXT", nullable: true),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lease_owner = table.Column<string>(type: "TEXT", nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "requests",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    filer = table.Column<string>(type: "TEXT", nullable: true),
                    filer_account = table.Column<string>(type: "TEXT", nullable: true),
                    beneficiary = table.Column<string>(type: "TEXT", nullable: true),
                    target = table.Column<string>(type: "TEXT", nullable: false),
                    target_name = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lease_owner = table.Column<string>(type: "TEXT", nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "grants",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    entitlement_id = table.Column<string>(type: "TEXT", nullable: false),
                    request_id = table.Column<string>(type: "TEXT", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: true),
                    remind_at = table.Column<long>(type: "INTEGER", nullable: true),
                    check_at = table.Column<long>(type: "INTEGER", nullable: true),
                    over_at = table.Column<long>(type: "INTEGER", nullable: true),
                    document = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_grants", x => x.id);
                    table.ForeignKey(
                        name: "FK_grants_entitlements_entitlement_id",
                        column: x => x.entitlement_id,
                        principalTable: "entitlements",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "tenures",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    entitlement_id = table.Column<string>(type: "TEXT", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    held_before = table.Column<bool>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    removal_sent_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tenures", x => x.id);
                    table.ForeignKey(
                        name: "FK_tenures_entitlements_entitlement_id",
                        column: x => x.entitlement_id,
                        principalTable: "entitlements",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "votes",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    request_id = table.Column<string>(type: "TEXT", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    caster = table.Column<string>(type: "TEXT", nullable: false),
                    choice = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    stage = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_votes", x => x.id);
                    table.ForeignKey(
                        name: "FK_votes_requests_request_id",
                        column: x => x.request_id,
                        principalTable: "requests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "audit_head",
                columns: new[] { "id", "hash", "number" },
                values: new object[] { 1, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 0L });

            migrationBuilder.CreateIndex(
                name: "audit_at",
                table: "audit",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "audit_subject",
                table: "audit",
                columns: new[] { "subject", "number" });

            migrationBuilder.CreateIndex(
                name: "cards_due",
                table: "cards",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "cards_key",
                table: "cards",
                columns: new[] { "subject", "audience", "purpose" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "cards_leased",
                table: "cards",
                column: "leased_until",
                filter: "leased_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "entitlements_due",
                table: "entitlements",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "entitlements_leased",
                table: "entitlements",
                column: "leased_until",
                filter: "leased_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "entitlements_person_target",
                table: "entitlements",
                columns: new[] { "person", "target" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "entitlements_target",
                table: "entitlements",
                column: "target");

            migrationBuilder.CreateIndex(
                name: "grants_check",
                table: "grants",
                column: "check_at",
                filter: "over_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "grants_ends",
                table: "grants",
                column: "ends_at",
                filter: "over_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "grants_entitlement",
                table: "grants",
                columns: new[] { "entitlement_id", "ordinal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "grants_not_over",
                table: "grants",
                column: "entitlement_id",
                filter: "over_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "grants_remind",
                table: "grants",
                column: "remind_at",
                filter: "over_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "grants_request",
                table: "grants",
                column: "request_id");

            migrationBuilder.CreateIndex(
                name: "inbox_due",
                table: "inbox",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "inbox_key",
                table: "inbox",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "inbox_leased",
                table: "inbox",
                column: "leased_until",
                filter: "leased_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "inbox_waiting",
                table: "inbox",
                columns: new[] { "subject", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "matches_person",
                table: "matches",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "notes_due",
                table: "notes",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "notes_key",
                table: "notes",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "notes_leased",
                table: "notes",
                column: "leased_until",
                filter: "leased_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "notes_waiting",
                table: "notes",
                columns: new[] { "audience", "thread", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "requests_beneficiary",
                table: "requests",
                columns: new[] { "beneficiary", "received_at" });

            migrationBuilder.CreateIndex(
                name: "requests_due",
                table: "requests",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "requests_filer",
                table: "requests",
                columns: new[] { "filer", "received_at" });

            migrationBuilder.CreateIndex(
                name: "requests_filer_account",
                table: "requests",
                columns: new[] { "filer_account", "received_at" });

            migrationBuilder.CreateIndex(
                name: "requests_leased",
                table: "requests",
                column: "leased_until",
                filter: "leased_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "requests_one_open",
                table: "requests",
                columns: new[] { "beneficiary", "target" },
                unique: true,
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "requests_open",
                table: "requests",
                column: "state",
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "requests_target",
                table: "requests",
                columns: new[] { "target", "received_at" });

            migrationBuilder.CreateIndex(
                name: "tenures_entitlement",
                table: "tenures",
                column: "entitlement_id");

            migrationBuilder.CreateIndex(
                name: "tenures_one_open",
                table: "tenures",
                column: "entitlement_id",
                unique: true,
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "votes_request",
                table: "votes",
                columns: new[] { "request_id", "ordinal" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "audit_head");

            migrationBuilder.DropTable(
                name: "audit_text");

            migrationBuilder.DropTable(
                name: "cards");

            migrationBuilder.DropTable(
                name: "catalog");

            migrationBuilder.DropTable(
                name: "deployment");

            migrationBuilder.DropTable(
                name: "grants");

            migrationBuilder.DropTable(
                name: "inbox");

            migrationBuilder.DropTable(
                name: "matches");

            migrationBuilder.DropTable(
                name: "notes");

            migrationBuilder.DropTable(
                name: "tenures");

            migrationBuilder.DropTable(
                name: "votes");

            migrationBuilder.DropTable(
                name: "entitlements");

            migrationBuilder.DropTable(
                name: "requests");
        }
    }
}
