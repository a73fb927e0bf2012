using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatGovernance.Infrastructure.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Replies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "replies",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    call = table.Column<byte[]>(type: "BLOB", nullable: false),
                    answer = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_replies", x => x.key);
                });

            migrationBuilder.CreateIndex(
                name: "replies_at",
                table: "replies",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "replies");
        }
    }
}
