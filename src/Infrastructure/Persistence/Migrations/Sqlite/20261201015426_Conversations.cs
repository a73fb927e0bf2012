using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatGovernance.Infrastructure.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Conversations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "conversations",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    service_url = table.Column<string>(type: "TEXT", nullable: false),
                    account = table.Column<string>(type: "TEXT", nullable: true),
                    member = table.Column<string>(type: "TEXT", nullable: true),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_conversations", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "cards_given_up",
                table: "cards",
                column: "audience",
                filter: "dead IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "cards_message",
                table: "cards",
                column: "message",
                filter: "message IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "conversations_account",
                table: "conversations",
                columns: new[] { "account", "seen_at" },
                filter: "account IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "conversations_address",
                table: "conversations",
                column: "address",
                filter: "address IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "conversations_seen_at",
                table: "conversations",
                column: "seen_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "conversations");

            migrationBuilder.DropIndex(
                name: "cards_given_up",
                table: "cards");

            migrationBuilder.DropIndex(
                name: "cards_message",
                table: "cards");
        }
    }
}
