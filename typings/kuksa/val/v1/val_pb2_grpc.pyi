# The calls of kuksa.val.v1, which the generated module leaves untyped.
import grpc
import grpc.aio
import kuksa.val.v1.val_pb2 as val

class VALStub:
    Get: grpc.UnaryUnaryMultiCallable[val.GetRequest, val.GetResponse]
    Set: grpc.UnaryUnaryMultiCallable[val.SetRequest, val.SetResponse]
    StreamedUpdate: grpc.StreamStreamMultiCallable[
        val.StreamedUpdateRequest, val.StreamedUpdateResponse
    ]
    Subscribe: grpc.UnaryStreamMultiCallable[val.SubscribeRequest, val.SubscribeResponse]
    GetServerInfo: grpc.UnaryUnaryMultiCallable[val.GetServerInfoRequest, val.GetServerInfoResponse]
    def __init__(self, channel: grpc.Channel) -> None: ...

class VALServicer: ...

def add_VALServicer_to_server(servicer: VALServicer, server: grpc.aio.Server) -> None: ...
