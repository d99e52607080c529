# The calls of kuksa.val.v2, which the generated module leaves untyped.
import grpc
import grpc.aio
import kuksa.val.v2.val_pb2 as val

class VALStub:
    GetValue: grpc.UnaryUnaryMultiCallable[val.GetValueRequest, val.GetValueResponse]
    GetValues: grpc.UnaryUnaryMultiCallable[val.GetValuesRequest, val.GetValuesResponse]
    Subscribe: grpc.UnaryStreamMultiCallable[val.SubscribeRequest, val.SubscribeResponse]
    SubscribeById: grpc.UnaryStreamMultiCallable[
        val.SubscribeByIdRequest, val.SubscribeByIdResponse
    ]
    Actuate: grpc.UnaryUnaryMultiCallable[val.ActuateRequest, val.ActuateResponse]
    ActuateStream: grpc.StreamUnaryMultiCallable[val.ActuateRequest, val.ActuateResponse]
    BatchActuate: grpc.UnaryUnaryMultiCallable[val.BatchActuateRequest, val.BatchActuateResponse]
    ListMetadata: grpc.UnaryUnaryMultiCallable[val.ListMetadataRequest, val.ListMetadataResponse]
    PublishValue: grpc.UnaryUnaryMultiCallable[val.PublishValueRequest, val.PublishValueResponse]
    OpenProviderStream: grpc.StreamStreamMultiCallable[
        val.OpenProviderStreamRequest, val.OpenProviderStreamResponse
    ]
    GetServerInfo: grpc.UnaryUnaryMultiCallable[val.GetServerInfoRequest, val.GetServerInfoResponse]
    def __init__(self, channel: grpc.Channel) -> None: ...

class VALServicer: ...

def add_VALServicer_to_server(servicer: VALServicer, server: grpc.aio.Server) -> None: ...
