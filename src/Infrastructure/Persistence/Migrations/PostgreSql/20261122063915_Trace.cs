using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatGovernance.Infrastructure.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Trace : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "trace",
                table: "requests",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "trace",
                table: "notes",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "trace",
                table: "inbox",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "trace",
                table: "entitlements",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "trace",
                table: "cards",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "trace",
                table: "requests");

            migrationBuilder.DropColumn(
                name: "trace",
                table: "notes");

            migrationBuilder.DropColumn(
                name: "trace",
                table: "inbox");

            migrationBuilder.DropColumn(
                name: "trace",
                table: "entitlements");

            migrationBuilder.DropColumn(
                name: "trace",
                table: "cards");
        }
    }
}
