using System.Text;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>Fields with a length of one protobuf message (https://protobuf.dev/programming-guides/encoding); others are passed over.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, ReadOnlyMemory<byte> Value)> fields = [];

    public ProtobufMessage(ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var tag = Number(bytes.Span, ref at);
            switch (tag & 7)
            {
                case 0:
                    Number(bytes.Span, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Number(bytes.Span, ref at);
                    fields.Add(((int)(tag >> 3), bytes.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new FormatException("Not protobuf.");
            }
        }
    }

    public IEnumerable<ProtobufMessage> Messages(int field) => Values(field).Select(value => new ProtobufMessage(value));

    public string Text(int field) => string.Concat(Values(field).Select(value => Encoding.UTF8.GetString(value.Span)));

    public string Hex(int field) => string.Concat(Values(field).Select(value => Convert.ToHexStringLower(value.Span)));

    private IEnumerable<ReadOnlyMemory<byte>> Values(int field) => fields.Where(one => one.Field == field).Select(one => one.Value);

    private static ulong Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return number;
        }
    }
}
